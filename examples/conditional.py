"""A conditional GAN: choose the class of what is made.

    python examples/conditional.py                     # the bundled garments, no network needed

The generator gets the label's embedding beside the latents, the discriminator scores by projection
(Miyato and Koyama, 2018, arXiv:1802.05637). Each row of the sample grid is one class.
"""

import argparse

import keras

import gan_keras
from gan_keras import callbacks, penalties
from gan_keras.networks import dcgan

DATA = "fashion_mnist_10k"
EPOCHS = 20
BATCH_SIZE = 64
LATENT_DIM = 64
LEARNING_RATE = 5e-4
SEED = 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="labelled data, or a folder of class folders")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="conditional", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    source = gan_keras.data.source(arguments.data)
    conditions = {"num_classes": source.num_classes}
    gan = gan_keras.GAN(
        dcgan.generator(source.sample_shape, LATENT_DIM, **conditions),
        dcgan.discriminator(source.sample_shape, conditioning="projection", **conditions),
        penalties=[penalties.R1(weight=0.3, interval=8)],
        moving_average=10_000,
        seed=SEED,
        **conditions,
    )
    gan.compile(
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
    )
    gan.fit(
        source.batches(BATCH_SIZE, seed=SEED, labels=True),
        epochs=1 if arguments.steps else EPOCHS,
        steps_per_epoch=arguments.steps,
        callbacks=[callbacks.SampleGrid(f"{arguments.out}/samples")],
    )
    for label in range(min(3, source.num_classes)):
        samples = gan.sample(16, labels=label, seed=SEED, truncation=1.0)
        picture = gan_keras.images.grid(gan_keras.images.to_uint8(samples))
        name = str(source.class_names[label] if source.class_names else label)
        name = name.replace("/", "-").replace(" ", "-").lower()
        gan_keras.images.save_png(f"{arguments.out}/{name}.png", picture)


if __name__ == "__main__":
    main()

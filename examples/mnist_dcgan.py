"""A DCGAN on handwritten digits: the shortest complete example.

python examples/mnist_dcgan.py                            # MNIST, downloaded once
python examples/mnist_dcgan.py --data fashion_mnist_10k   # garments, no network needed
"""

import argparse

import keras

import gan_keras
from gan_keras import callbacks, penalties
from gan_keras.networks import dcgan

DATA = "mnist"
EPOCHS = 4
BATCH_SIZE = 64
LATENT_DIM = 64
LEARNING_RATE = 5e-4
SEED = 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="data set or folder of images")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="mnist_dcgan", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    try:
        dataset = gan_keras.data.load(
            arguments.data, batch_size=BATCH_SIZE, seed=SEED, labels=False
        )
    except ValueError as error:  # without a network: it says which file to put where
        raise SystemExit(f"Error: {error}") from None
    image_shape = dataset.element_spec.shape[1:]

    gan = gan_keras.GAN(
        dcgan.generator(tuple(image_shape), LATENT_DIM),
        dcgan.discriminator(tuple(image_shape)),
        loss="non_saturating",
        penalties=[penalties.R1(weight=0.3, interval=8)],
        moving_average=10_000,  # half-life in images
        seed=SEED,
    )
    gan.compile(
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
    )
    gan.fit(
        dataset,
        epochs=1 if arguments.steps else EPOCHS,
        steps_per_epoch=arguments.steps,
        callbacks=[
            callbacks.TerminateOnNonFinite(),
            callbacks.SampleGrid(f"{arguments.out}/samples"),
            keras.callbacks.TensorBoard(f"{arguments.out}/logs", write_graph=False),
            callbacks.GeneratorExport(f"{arguments.out}/generator.keras"),
        ],
    )


if __name__ == "__main__":
    main()

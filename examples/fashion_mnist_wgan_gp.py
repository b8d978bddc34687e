"""WGAN-GP on garments: five critic steps on fresh images for each step of the generator.

    python examples/fashion_mnist_wgan_gp.py           # the bundled images, no network needed

Gulrajani et al., 2017, arXiv:1704.00028, Algorithm 1. d_adversarial is minus the estimate of the
Wasserstein distance: it should move towards zero from below.
"""

import argparse

import keras

import gan_keras
from gan_keras import callbacks, penalties
from gan_keras.networks import dcgan

DATA = "fashion_mnist_10k"
EPOCHS = 20
BATCH_SIZE = 64
CRITIC_STEPS = 5
LATENT_DIM = 64
SEED = 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="data set or folder of images")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="wgan_gp", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    dataset = gan_keras.data.load(
        arguments.data,
        batch_size=CRITIC_STEPS * BATCH_SIZE,  # one batch of fresh images for each critic step
        seed=SEED,
        labels=False,
    )
    image_shape = tuple(dataset.element_spec.shape[1:])
    gan = gan_keras.GAN(
        dcgan.generator(image_shape, LATENT_DIM),
        dcgan.discriminator(image_shape),
        loss="wasserstein",
        penalties=[penalties.GradientPenalty(weight=10.0)],
        moving_average=10_000,
        seed=SEED,
    )
    gan.compile(
        keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
        keras.optimizers.Adam(2e-4, beta_1=0.0, beta_2=0.9),
        discriminator_steps=CRITIC_STEPS,
    )
    gan.fit(
        dataset,
        epochs=1 if arguments.steps else EPOCHS,
        steps_per_epoch=arguments.steps,
        callbacks=[
            callbacks.TerminateOnNonFinite(),
            callbacks.SampleGrid(f"{arguments.out}/samples"),
            callbacks.HistoryFile(f"{arguments.out}/history.csv"),
        ],
    )


if __name__ == "__main__":
    main()

"""A DCGAN on small colour photographs (CIFAR-10, 32x32).

    python examples/cifar10_dcgan.py                   # CIFAR-10, downloaded once
    python examples/cifar10_dcgan.py --data PHOTOS     # any folder of images, cut to 32x32

The networks are sized for a GPU; on a CPU halve WIDTHS and be patient.
"""

import argparse

import keras

import gan_keras
from gan_keras import callbacks, penalties
from gan_keras.augment import DiffAugment
from gan_keras.networks import dcgan

DATA = "cifar10"
IMAGE_SHAPE = (32, 32, 3)
EPOCHS = 100
BATCH_SIZE = 64
LATENT_DIM = 128
WIDTHS = (64, 128, 256)  # of the discriminator; the generator's mirror them
LEARNING_RATE = 2e-4
SEED = 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="data set or folder of images")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="cifar10_dcgan", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    try:
        dataset = gan_keras.data.load(
            arguments.data,
            image_size=IMAGE_SHAPE[0],
            channels=IMAGE_SHAPE[2],
            batch_size=BATCH_SIZE,
            seed=SEED,
            labels=False,
        )
    except ValueError as error:  # without a network: it says which file to put where
        raise SystemExit(f"Error: {error}") from None
    gan = gan_keras.GAN(
        dcgan.generator(IMAGE_SHAPE, LATENT_DIM, widths=(*reversed(WIDTHS), WIDTHS[0] // 2)),
        dcgan.discriminator(IMAGE_SHAPE, widths=WIDTHS),
        loss="non_saturating",
        penalties=[penalties.R1(weight=1.0, interval=8)],
        augment=DiffAugment(),
        moving_average=50_000,  # half-life in images
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
            keras.callbacks.BackupAndRestore(f"{arguments.out}/backup"),
            callbacks.GeneratorExport(f"{arguments.out}/generator.keras"),
        ],
    )


if __name__ == "__main__":
    main()

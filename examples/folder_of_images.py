"""Your own images: a folder of PNG, JPEG, WebP, GIF or BMP files, of any sizes.

    python examples/folder_of_images.py --data PHOTOS
    python examples/folder_of_images.py                # a folder made of the bundled garments

Few images (hundreds to a few thousand) want augmentation, or the discriminator learns them by
heart: see `augment=` below.
"""

import argparse
import pathlib

import keras

import gan_keras
from gan_keras import callbacks, penalties
from gan_keras.augment import DiffAugment
from gan_keras.networks import dcgan

IMAGE_SIZE = 32  # 28, 32, 64 or 128
CHANNELS = 3
EPOCHS = 50
BATCH_SIZE = 32
LATENT_DIM = 64
LEARNING_RATE = 2e-4
SEED = 0


def made_of_garments(folder, num=500):
    """Writes some of the bundled images as PNG files, so that the example runs by itself."""
    source = gan_keras.data.source("fashion_mnist_10k")
    for index in range(num):
        label = source.class_names[source.labels[index]].replace("/", "-")
        path = pathlib.Path(folder) / label / f"{index:05d}.png"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            gan_keras.images.save_png(path, source.samples[index])
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder of images (default: one made of garments)")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="folder_of_images", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    source = gan_keras.data.source(
        arguments.data or made_of_garments(f"{arguments.out}/images"),
        image_size=IMAGE_SIZE,
        channels=CHANNELS,
        fit="crop",  # or "pad"
        on_bad_file="skip",
    )
    shape = source.sample_shape
    gan = gan_keras.GAN(
        dcgan.generator(shape, LATENT_DIM),
        dcgan.discriminator(shape),
        penalties=[penalties.R1(weight=1.0, interval=8)],
        augment=DiffAugment(),
        moving_average=10_000,
        seed=SEED,
    )
    gan.compile(
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
    )
    epochs = 1 if arguments.steps else EPOCHS
    dataset = source.batches(BATCH_SIZE, seed=SEED, labels=False)
    grid = callbacks.SampleGrid(f"{arguments.out}/samples", num=64)
    gan.fit(dataset, epochs=epochs, steps_per_epoch=arguments.steps, callbacks=[grid])


if __name__ == "__main__":
    main()

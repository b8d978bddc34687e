"""Super-resolution: pictures four times as large, learned from large pictures alone.

    python examples/super_resolution.py                # the bundled renders, no network needed
    python examples/super_resolution.py --data PHOTOS  # a folder of images

The corruption makes the small pictures, so no pairs are needed. The discriminator judges the large
picture alone, as in SRGAN (Ledig et al., 2017, arXiv:1609.04802).
"""

import argparse

import keras
import numpy as np
from PIL import Image

import gan_keras
from gan_keras import callbacks, distances, metrics
from gan_keras.corruptions import Downsample
from gan_keras.networks import patchgan, srresnet

DATA = "fluent_emoji_renders"
IMAGE_SIZE = 64
SCALE = 4
EPOCHS = 30
BATCH_SIZE = 16
WIDTH = 32
NUM_BLOCKS = 8
LEARNING_RATE = 5e-4
SEED = 0


def enlarged(small):
    """Bicubic: what one gets without a network."""
    size = (SCALE * small.shape[2], SCALE * small.shape[1])
    return np.stack([np.asarray(Image.fromarray(one).resize(size, Image.BICUBIC)) for one in small])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="data set or folder of images")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="super_resolution", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    source = gan_keras.data.source(arguments.data, image_size=IMAGE_SIZE, channels=3)
    source, test = source.split(0.1, seed=SEED)
    shape, corruption = source.sample_shape, Downsample(scale=SCALE)

    model = gan_keras.Pix2Pix(
        srresnet.generator(
            corruption.input_shape(shape), shape, width=WIDTH, num_blocks=NUM_BLOCKS
        ),
        patchgan.discriminator(shape, width=WIDTH, num_layers=2),
        corruption=corruption,
        distances=[distances.L1(weight=100.0)],
        loss="least_squares",
        moving_average=2_000,  # half-life in images
        seed=SEED,
    )
    model.compile(
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
        keras.optimizers.Adam(LEARNING_RATE, beta_1=0.5),
    )
    model.fit(
        source.batches(BATCH_SIZE, seed=SEED, labels=False),
        epochs=1 if arguments.steps else EPOCHS,
        steps_per_epoch=arguments.steps,
        callbacks=[callbacks.SampleGrid(f"{arguments.out}/samples", real=test)],
    )
    model.save(f"{arguments.out}/model.keras")
    rows = list(model.pairs(test))
    fake, real, small = (
        gan_keras.images.to_uint8(np.concatenate([row[role] for row in rows]))
        for role in ("fake", "real", "input")
    )
    for name, images in (("network", fake), ("bicubic", enlarged(small))):
        for score in metrics.evaluate_pairs(images, real, metrics=["psnr", "ssim"], crop=SCALE):
            print(f"{name}: {score.metric} {score.value:.3f}")


if __name__ == "__main__":
    main()

"""pix2pix: from line drawings to renders, learned from pairs.

    python examples/pix2pix.py                         # the bundled emoji, no network needed
    python examples/pix2pix.py --data PAIRS            # train/input, train/target, test/input, ...

The U-Net carries outlines across, the L1 distance says what is wanted, and the discriminator judges
patches (Isola et al., 2017, arXiv:1611.07004).
"""

import argparse

import keras
import numpy as np

import gan_keras
from gan_keras import callbacks, distances, metrics
from gan_keras.networks import patchgan, unet

DATA = "fluent_emoji"
IMAGE_SIZE = 64  # a power of two; the bundled emoji have 64
EPOCHS = 10
BATCH_SIZE = 8
WIDTH = 32  # the paper's is 64
LEARNING_RATE = 5e-4
SEED = 0


def scores(model, source):
    """Of translations, and of inputs passed off as translations: what there was to gain."""
    rows = list(model.pairs(source))
    fake, real, given = (
        gan_keras.images.to_uint8(np.concatenate([row[role] for row in rows]))
        for role in ("fake", "real", "input")
    )
    return metrics.evaluate_pairs(fake, real), metrics.evaluate_pairs(
        np.broadcast_to(given, real.shape), real
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="fluent_emoji, or a folder of pairs")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="pix2pix", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    settings = {"pairing": "paired", "image_size": IMAGE_SIZE}
    source = gan_keras.data.source(arguments.data, **settings)
    test = gan_keras.data.source(arguments.data, split="test", **settings)
    input_shape, image_shape = source.entry_kinds["input"].shape, source.sample_shape

    model = gan_keras.Pix2Pix(
        unet.generator(input_shape, image_shape, width=WIDTH),
        patchgan.discriminator(image_shape, input_shape=input_shape, width=WIDTH, num_layers=2),
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
        source.batches(BATCH_SIZE, seed=SEED),
        epochs=1 if arguments.steps else EPOCHS,
        steps_per_epoch=arguments.steps,
        callbacks=[callbacks.SampleGrid(f"{arguments.out}/samples", real=test)],
    )
    model.save(f"{arguments.out}/model.keras")
    for translated, copied in zip(*scores(model, test), strict=True):
        print(f"{translated.metric}: {translated.value:.3f}; of the input: {copied.value:.3f}")


if __name__ == "__main__":
    main()

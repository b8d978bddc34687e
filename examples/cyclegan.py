"""CycleGAN: from flat emoji to renders and back, learned without pairs.

    python examples/cyclegan.py                        # the bundled emoji, no network needed
    python examples/cyclegan.py --data HORSES          # trainA, trainB, testA, testB

Two generators undo each other (Zhu et al., 2017, arXiv:1703.10593). Inputs and samples of the
bundled emoji are of different symbols, so no picture has its partner among them.
"""

import argparse

import keras
import numpy as np

import gan_keras
from gan_keras import callbacks, metrics
from gan_keras.networks import patchgan, resnet_translator

DATA = "fluent_emoji"
IMAGE_SIZE = 64
EPOCHS = 8
BATCH_SIZE = 4
WIDTH = 16  # the paper's is 64
NUM_BLOCKS = 4  # the paper's are 9, at 256 pixels
LEARNING_RATE = 5e-4
SEED = 0
NUM_LOOKED_AT = 32  # test inputs, for hidden codes


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default=DATA, help="fluent_emoji, or a folder of two sets")
    parser.add_argument("--steps", type=int, help="training steps per epoch, for a quick try")
    parser.add_argument("--out", default="cyclegan", help="folder for what is written")
    arguments = parser.parse_args()

    keras.utils.set_random_seed(SEED)
    settings = {"pairing": "unpaired", "image_size": IMAGE_SIZE}
    if arguments.data == DATA:
        settings["input"] = "flat"
    source = gan_keras.data.source(arguments.data, **settings)
    test = gan_keras.data.source(arguments.data, split="test", **settings)
    input_shape, image_shape = source.entry_kinds["input"].shape, source.sample_shape
    size = {"width": WIDTH, "num_blocks": NUM_BLOCKS}

    model = gan_keras.CycleGAN(
        resnet_translator.generator(input_shape, image_shape, **size),
        resnet_translator.generator(image_shape, input_shape, **size),
        patchgan.discriminator(image_shape, width=WIDTH, num_layers=2),
        patchgan.discriminator(input_shape, width=WIDTH, num_layers=2),
        cycle_weight=10.0,
        identity_weight=5.0,  # of two sets with the same channels
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

    # Does the cycle hold by a code in the picture between? Rounding and JPEG would destroy it.
    hidden = metrics.steganography(
        gan_keras.images.to_uint8(test.rows(np.arange(NUM_LOOKED_AT))["input"]),
        model.translate,
        lambda images: model.translate(images, direction="backward"),
    )
    for name, decibels in hidden.items():
        print(f"{name}: {decibels:.2f} dB")


if __name__ == "__main__":
    main()

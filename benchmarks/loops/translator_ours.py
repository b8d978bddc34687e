"""`Pix2Pix.fit` on the networks of `translator_torch`."""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does, before TensorFlow comes

import keras

import gan_keras
from benchmarks.loops import keras_networks
from benchmarks.loops.blocks import Blocks
from gan_keras import models
from gan_keras.networks import patchgan, unet


def run(path, settings):
    """Waits for commands, block after block."""
    source = gan_keras.data.source(path, pairing="paired")
    entry = next(iter(source.batches(1)))
    input_shape, image_shape = (tuple(entry[role].shape[1:]) for role in ("input", "real"))
    generator = unet.generator(
        input_shape, image_shape, width=settings["width"], num_levels=settings["num_levels"]
    )
    discriminator = patchgan.discriminator(
        image_shape,
        input_shape=input_shape,
        width=settings["width"],
        num_layers=settings["num_layers"],
    )
    model = models.Pix2Pix(generator, discriminator, loss="least_squares")
    adam = {"class_name": "Adam", "config": {"learning_rate": 2e-4, "beta_1": 0.5}}
    model.compile(adam, adam)
    blocks = Blocks(
        {
            "weights": keras_networks.num_weights(generator, discriminator),
            "version": gan_keras.__version__,
        }
    )
    timed = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: blocks.done())
    dataset = source.batches(settings["batch_size"], repeat=True)
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, callbacks=[timed])

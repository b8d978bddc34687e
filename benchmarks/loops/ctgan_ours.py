"""`CTGAN.fit`, the recipe `ctgan`, on the table of `ctgan_peer`."""

import os

os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")  # as gan_keras does, before TensorFlow comes

import keras

import gan_keras
from benchmarks.loops import keras_networks
from benchmarks.loops.blocks import Blocks
from gan_keras import recipes


def run(settings):
    """Waits for commands, block after block."""
    from gan_keras import data

    recipe = recipes.get("ctgan").with_settings(settings["changes"])
    source = data.source(recipe.data, **recipe.data_arguments)
    model = recipe.build(source)
    blocks = Blocks(
        {
            "weights": keras_networks.num_weights(model.generator, model.judge.network),
            "version": gan_keras.__version__,
        }
    )

    def count(batch, logs):
        for _ in range(recipe.steps_per_execution):
            blocks.done()

    timed = keras.callbacks.LambdaCallback(on_train_batch_end=count)
    dataset = source.batches(recipe.batch_size, repeat=True)
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, callbacks=[timed])

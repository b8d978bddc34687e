"""Training for long takes no more memory than training at all."""

import gc
import pathlib

import keras
import numpy as np
import pytest
import tensorflow as tf

import gan_keras
from gan_keras import callbacks, data, penalties
from gan_keras.networks import mlp

STATUS = pathlib.Path("/proc/self/statm")
WARM_UP, STEPS, EPOCHS = 2_000, 10_000, 10


def resident_pages():
    """Pages of this process in memory."""
    gc.collect()
    return int(STATUS.read_text().split()[1])


class Memory(keras.callbacks.Callback):
    """Resident memory at the end of every epoch."""

    def __init__(self):
        super().__init__()
        self.pages = []

    def on_epoch_end(self, epoch, logs=None):
        self.pages.append(resident_pages())


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="reads /proc")
def test_ten_thousand_steps_grow_by_less_than_a_percent(tmp_path):
    gan = gan_keras.GAN(
        mlp.generator((2,), 4, widths=(8,)),
        mlp.discriminator((2,), widths=(8,)),
        penalties=[penalties.R1(weight=0.1, interval=4)],
        moving_average=1000,
    )
    gan.compile("adam", "adam")
    points = np.random.default_rng(0).normal(size=(1000, 2)).astype("float32")
    batches = data.source(points).batches(16, repeat=True)
    gan.fit(batches, steps_per_epoch=WARM_UP // 2, epochs=2, verbose=0)  # traces, arenas, pools
    memory = Memory()
    watched = [callbacks.TerminateOnNonFinite(), memory]
    before = resident_pages()
    gan.fit(batches, steps_per_epoch=STEPS // EPOCHS, epochs=EPOCHS, verbose=0, callbacks=watched)
    assert gan.steps_done == WARM_UP + STEPS
    assert memory.pages[-1] < 1.01 * before


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="reads /proc")
def test_the_measure_sees_a_leak():
    before = resident_pages()
    kept = tf.ones((before * 4096 // 4 // 50,))  # a fiftieth of what there is, as float32
    assert float(kept[-1]) == 1.0
    assert resident_pages() > 1.01 * before

"""Training for long takes no more memory than training at all."""

import gc
import multiprocessing
import pathlib

import keras
import numpy as np
import pytest

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


class Leak(keras.callbacks.Callback):
    """Keeps a little more at the end of every epoch."""

    def __init__(self):
        super().__init__()
        self.kept = []

    def on_epoch_end(self, epoch, logs=None):
        self.kept.append(np.ones(1_000_000))  # 8 MB


def growth(leak):
    """Resident memory after 10,000 steps over that before them."""
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
    watched = [callbacks.TerminateOnNonFinite(), *([Leak()] if leak else []), memory]
    before = resident_pages()
    gan.fit(batches, steps_per_epoch=STEPS // EPOCHS, epochs=EPOCHS, verbose=0, callbacks=watched)
    assert gan.steps_done == WARM_UP + STEPS
    return memory.pages[-1] / before


def in_a_process_of_its_own(leak):
    """The growth where no other test has left memory for a leak to hide in."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(growth, (leak,))


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="reads /proc")
def test_ten_thousand_steps_grow_by_less_than_a_percent():
    assert in_a_process_of_its_own(leak=False) < 1.01


@pytest.mark.slow
@pytest.mark.skipif(not STATUS.exists(), reason="reads /proc")
def test_the_measure_sees_a_leak():
    assert in_a_process_of_its_own(leak=True) > 1.02

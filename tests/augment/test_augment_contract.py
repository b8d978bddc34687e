"""What must hold for every augmentation."""

import functools

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import augment, data, kinds
from gan_keras.augment import Adaptive, DiffAugment, Neighbours
from gan_keras.augment.adaptive import CHROMA, GEOMETRY, LUMA
from gan_keras.latents import RandomStream

STRONGEST = {
    "diffaugment": lambda: DiffAugment(policies=("color", "flip", "translation", "cutout")),
    "adaptive": lambda: Adaptive(transforms=GEOMETRY + LUMA + CHROMA, probability=1.0),
    "neighbours": lambda: Neighbours(reach=8, probability=1.0),
}
every_augment = pytest.mark.parametrize("name", augment.NAMES)


def images(height=8, width=8, channels=3, batch=4):
    rng = np.random.default_rng(0)
    return tf.constant(rng.uniform(-1, 1, (batch, height, width, channels)), "float32")


@functools.cache
def table():
    rng = np.random.default_rng(0)
    pay = np.where(np.arange(200) % 3, rng.normal(size=200), 0.0)  # its units aren't in order
    return data.source({"age": rng.normal(size=200), "pay": pay})


def kind(name):
    return table().kind if name == "neighbours" else kinds.Images(shape=(8, 8, 3))


def strongest(name):
    layer = STRONGEST[name]()
    layer.join(kind(name))
    return layer


def samples(name, batch=4):
    """What the discriminator would see of real samples."""
    if name == "neighbours":
        return tf.constant(table().kind.to_network(table().samples[:batch]))
    return images(batch=batch)


@every_augment
def test_shape_dtype_and_change(name):
    layer = strongest(name)
    for x in (samples(name), images(6, 10), images(5, 4)):
        if name == "neighbours" and x.shape.rank == 4:
            continue
        changed = layer(x, RandomStream(0))
        assert changed.shape == x.shape
        assert changed.dtype == "float32"
        assert np.all(np.isfinite(changed))
        for i in range(4):
            assert np.max(np.abs(changed[i] - x[i])) > 0.1


@every_augment
def test_the_stream_decides_everything(name):
    layer, stream = strongest(name), RandomStream(3)
    first, second = layer(samples(name), stream), layer(samples(name), stream)
    stream.reset()
    assert np.array_equal(layer(samples(name), stream), first)
    assert np.max(np.abs(first - second)) > 0.1


@every_augment
def test_gradients_of_first_and_second_order(name):
    """A linear read-out of squared images: the gradient of its gradient's length is not zero."""
    layer, x = strongest(name), samples(name)
    with tf.GradientTape() as outer:
        outer.watch(x)
        with tf.GradientTape() as inner:
            inner.watch(x)
            score = tf.reduce_sum(tf.square(layer(x, RandomStream(1))))
        first = inner.gradient(score, x)
        length = tf.reduce_sum(tf.square(first))
    second = outer.gradient(length, x)
    for gradient in (first, second):
        assert np.all(np.isfinite(gradient))
        assert float(tf.reduce_max(abs(gradient))) > 1e-3
    # numerically, along one direction
    step = 1e-2 * tf.sign(first)
    higher = tf.reduce_sum(tf.square(layer(x + step, RandomStream(1))))
    lower = tf.reduce_sum(tf.square(layer(x - step, RandomStream(1))))
    expected = float(tf.reduce_sum(first * step))
    assert abs(float(higher - lower) / 2 - expected) < 1e-3 * abs(expected)


@every_augment
def test_compiles_under_xla_with_a_gradient_of_a_gradient(name):
    layer, stream = strongest(name), RandomStream(1)

    @tf.function(jit_compile=True)
    def step(x):
        with tf.GradientTape() as outer:
            outer.watch(x)
            with tf.GradientTape() as inner:
                inner.watch(x)
                score = tf.reduce_sum(tf.square(layer(x, stream)))
            length = tf.reduce_sum(tf.square(inner.gradient(score, x)))
        return outer.gradient(length, x)

    assert np.all(np.isfinite(step(samples(name, batch=2))))


@every_augment
def test_images_of_a_mixed_precision_model(name):
    keras.mixed_precision.set_global_policy("mixed_float16")
    try:
        layer = strongest(name)
    finally:
        keras.mixed_precision.set_global_policy("float32")
    assert layer(samples(name), RandomStream(0)).dtype == "float32"


@every_augment
def test_gives_itself_back(name):
    layer = strongest(name)
    config = keras.saving.serialize_keras_object(layer)
    again = augment.get(config)
    assert again.get_config() == layer.get_config()
    again.join(kind(name))
    x = samples(name)
    assert np.array_equal(again(x, RandomStream(2)), layer(x, RandomStream(2)))
    assert augment.get(layer) is layer
    assert isinstance(augment.get(name), augment.NAMES[name])
    assert augment.get(None) is None


@every_augment
def test_observing_changes_the_strength_and_nothing_else(name):
    """At full strength a discriminator that is sure can raise it no further."""
    layer = strongest(name)
    before = layer(samples(name), RandomStream(2))
    layer.observe(tf.ones((4, 1)), 4)
    assert np.array_equal(layer(samples(name), RandomStream(2)), before)
    assert [weight.name for weight in layer.weights] == ["probability"] * (name == "adaptive")


def test_errors():
    with pytest.raises(ValueError, match="Did you mean 'adaptive'"):
        augment.get("adaptiv")
    with pytest.raises(TypeError, match="Received: 3"):
        augment.get(3)
    for layer in (DiffAugment(), Adaptive(transforms=("hue",)), DiffAugment(policies="saturation")):
        with pytest.raises(ValueError, match="needs colour images of 3 channels"):
            layer(images(channels=1), RandomStream(0))
        with pytest.raises(ValueError, match="needs colour images of 3 channels"):
            layer.check((8, 8, 1))
        layer.check((8, 8, 3))
    with pytest.raises(ValueError, match=r"shape: \(2,\)"):
        Adaptive()(tf.ones((4, 2)), RandomStream(0))

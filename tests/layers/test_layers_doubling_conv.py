"""`DoublingConv2D` is Keras's doubling and Keras's convolution, on either of its two ways."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import layers
from gan_keras.exporting.plain import plain
from gan_keras.networks import receptive_field, tiles


def pair(border, side):
    """A network with the layer, one of Keras's layers, and the weights of both."""
    images = keras.Input((side, side + 2, 3))
    ours = layers.DoublingConv2D(4, border=border, activation="relu", name="up")
    theirs = keras.layers.Conv2D(
        4, 3, activation="relu", padding="same" if border == "zeros" else "valid"
    )
    doubled = keras.layers.UpSampling2D(2)(images)
    if border == "reflect":
        doubled = layers.ReflectionPadding(1)(doubled)
    networks = keras.Model(images, ours(images)), keras.Model(images, theirs(doubled))
    random = np.random.default_rng(0)
    weights = [random.normal(size=weight.shape) for weight in ours.weights]
    ours.set_weights(weights)
    theirs.set_weights(weights)
    return networks


@pytest.mark.parametrize("side", [3, 8], ids=["small", "large"])
@pytest.mark.parametrize("border", ["zeros", "reflect"])
def test_equals_keras_with_its_gradients_twice(border, side):
    ours, theirs = pair(border, side)
    images = tf.constant(np.random.default_rng(1).normal(size=(2, side, side + 2, 3)), tf.float32)

    def found(network):
        variables = network.trainable_variables
        with tf.GradientTape() as outer:
            with tf.GradientTape() as inner:
                inner.watch(images)
                outputs = network(images)
                total = tf.reduce_sum(tf.square(outputs))
            slopes = inner.gradient(total, images)
            squares = tf.reduce_sum(tf.square(slopes))
        return [outputs, slopes, *outer.gradient(squares, variables)]

    for one, other in zip(found(ours), found(theirs), strict=True):
        np.testing.assert_allclose(one, other, rtol=2e-5, atol=2e-5 * np.abs(other).max())


def test_both_ways_give_one_result():
    layer = layers.DoublingConv2D(2, border="reflect")
    images = np.random.default_rng(0).normal(size=(1, 5, 4, 3)).astype("float32")
    layer.build(images.shape)
    np.testing.assert_allclose(layer._transposed(images), layer._convolved(images), atol=1e-6)


@pytest.mark.parametrize("border", ["zeros", "reflect"])
def test_is_exported_as_layers_of_keras(border):
    ours, theirs = pair(border, 8)
    copy = plain(ours)
    images = np.random.default_rng(1).normal(size=(2, 8, 10, 3)).astype("float32")
    np.testing.assert_allclose(copy(images), theirs(images), atol=1e-5)
    modules = {type(layer).__module__ for layer in copy._flatten_layers()}
    assert not any(module.startswith("gan_keras") for module in modules)


def test_tiles_leave_no_seam():
    images = keras.Input((None, None, 2))
    ours = keras.Model(images, layers.DoublingConv2D(3, border="reflect")(images))
    assert receptive_field.receptive_field(ours).halo == ((1, 1), (1, 1))
    assert receptive_field.receptive_field(ours).scale == (2, 2)
    image = np.random.default_rng(0).normal(size=(32, 40, 2)).astype("float32")
    whole = np.asarray(ours(image[None]))[0]
    np.testing.assert_allclose(tiles.translate_tiled(ours, image, 16), whole, atol=1e-6)


def test_an_unknown_border_is_refused():
    with pytest.raises(ValueError, match=r"`border` must be one of .*'zeros', 'reflect'.*'same'"):
        layers.DoublingConv2D(3, border="same")

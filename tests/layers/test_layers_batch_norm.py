"""The fused batch norm: worked numbers, and Keras's own layer as the reference."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import BatchNorm


def test_worked_numbers():
    # Channel values 1, 3, 5, 7: mean 4, variance (9 + 1 + 1 + 9) / 4 = 5.
    layer = BatchNorm(momentum=0.9, epsilon=1e-5)
    outputs = np.array(layer(np.array([[1.0], [3], [5], [7]], "float32"), training=True))
    expected = np.array([-3, -1, 1, 3]) / np.sqrt(5)
    assert np.abs(outputs[:, 0] - expected).max() < 1e-4
    # Moving mean 0.9 * 0 + 0.1 * 4, moving variance 0.9 * 1 + 0.1 * 5.
    assert abs(float(layer.moving_mean[0]) - 0.4) < 1e-6
    assert abs(float(layer.moving_variance[0]) - 1.4) < 1e-5


@pytest.mark.parametrize("shape", [(6, 3), (4, 7, 3), (4, 5, 5, 3), (2, 3, 2, 4, 3)])
@pytest.mark.parametrize("training", [True, False])
def test_equals_keras_with_gradients(shape, training):
    images = tf.constant(np.random.default_rng(0).normal(2, 3, shape).astype("float32"))
    results = []
    for layer in (BatchNorm(), keras.layers.BatchNormalization(momentum=0.9, epsilon=1e-5)):
        layer.build(shape)
        layer.gamma.assign([1.0, 2.0, 3.0])
        with tf.GradientTape() as tape:
            tape.watch(images)
            outputs = layer(images, training=training)
            loss = tf.reduce_sum(outputs**3)
        gradients = tape.gradient(loss, [images, *(v.value for v in layer.trainable_variables)])
        results.append([outputs, *gradients, *(v.value for v in layer.variables)])
    for ours, theirs in zip(*results, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=2e-3, atol=2e-3)


def test_frozen_uses_and_keeps_the_moving_statistics():
    layer = BatchNorm()
    layer.build((4, 1))
    layer.trainable = False
    outputs = np.array(layer(np.array([[1.0], [3], [5], [7]], "float32"), training=True))
    assert abs(outputs[3, 0] - 7) < 1e-3
    assert float(layer.moving_mean[0]) == 0.0


def test_mixed_precision_keeps_float32_statistics():
    layer = BatchNorm(dtype="mixed_float16")
    outputs = layer(np.ones((4, 2, 2, 3), "float16"), training=True)
    assert outputs.dtype == "float16"
    assert layer.moving_mean.dtype == "float32"

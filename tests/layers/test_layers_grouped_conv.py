"""Grouped convolutions, natively and group by group, against one convolution for each group."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.layers import GroupedConv2D


@pytest.mark.parametrize("strides", [1, 2])
@pytest.mark.parametrize("native", [True, False])
def test_equals_a_convolution_for_each_group(native, strides):
    layer = GroupedConv2D(6, 3, groups=2, strides=strides)
    x = np.random.default_rng(0).normal(size=(2, 5, 5, 4)).astype("float32")
    layer.build(x.shape)
    assert layer.kernel.shape == (3, 3, 2, 6)
    layer.bias.assign([1.0, 2, 3, 4, 5, 6])
    layer._native = native
    kernel = np.array(layer.kernel)
    halves = [
        tf.nn.conv2d(x[..., 2 * i : 2 * i + 2], kernel[..., 3 * i : 3 * i + 3], strides, "SAME")
        for i in (0, 1)
    ]
    expected = np.concatenate(halves, axis=-1) + [1, 2, 3, 4, 5, 6]
    np.testing.assert_allclose(layer(x), expected, atol=1e-5)

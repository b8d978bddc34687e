"""Halving and doubling with the blurs and the borders of CUT's networks."""

import fractions

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from gan_keras.serialization import register

_DOWN = np.array([1.0, 2.0, 1.0]) / 4.0
_UP = np.array([1.0, 3.0, 3.0, 1.0]) / 4.0  # sums to 2: half of the doubled map's pixels are zeros


@register
class AntialiasDownsample(keras.layers.Layer):
    """Half the size: blurred by [1, 2, 1] along both axes, then every second pixel.

    After a convolution of stride 1, in place of one of stride 2, which folds high frequencies back.
    The border is mirrored. (Zhang, 2019, arXiv 1904.11486; as in CUT, Park et al., 2020, arXiv
    2007.15651.) `BlurDownsample` blurs by [1, 3, 3, 1] and has zeros beyond the border.

    Input `(batch, h, w, c)`, output `(batch, h / 2, w / 2, c)`, sizes rounded up. No weights.
    """

    scale_of_maps = fractions.Fraction(1, 2)

    def call(self, inputs):
        padded = ops.pad(inputs, [(0, 0), (1, 1), (1, 1), (0, 0)], mode="reflect")
        filters = _filters(_DOWN, inputs)
        return tf.nn.depthwise_conv2d(padded, filters, strides=(1, 2, 2, 1), padding="VALID")

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        return (batch, *(None if side is None else -(-side // 2) for side in sides), channels)

    def reads(self, start, stop, size, axis):
        """The pixels, along one axis, that make pixels `start` to `stop`: networks/receptive_field.

        Some may lie beyond the border; those that mirror are among them: pixel 1, the last but one.
        """
        del axis
        start, stop = 2 * start - 1, 2 * stop
        if size is not None:
            stop = max(stop, 2) if start < 0 else stop
            start = min(start, size - 2) if stop > size else start
        return start, stop


@register
class AntialiasUpsample(keras.layers.Layer):
    """Twice the size: zeros between the pixels, then blurred by [1, 3, 3, 1] along both axes.

    This is bilinear interpolation, with the border repeated, before a convolution of stride 1.
    (Zhang, 2019, arXiv 1904.11486; as in CUT, Park et al., 2020, arXiv 2007.15651.) `BlurUpsample`
    has zeros beyond the border.

    Input `(batch, h, w, c)`, output `(batch, 2 h, 2 w, c)`. No weights.
    """

    scale_of_maps = fractions.Fraction(2)

    def call(self, inputs):
        # Repeated by hand: Keras has no such mode on TensorFlow.
        padded = ops.concatenate([inputs[:, :1], inputs, inputs[:, -1:]], axis=1)
        padded = ops.concatenate([padded[:, :, :1], padded, padded[:, :, -1:]], axis=2)
        batch, height, width, channels = ops.shape(inputs)
        doubled = tf.nn.depthwise_conv2d_backprop_input(
            (batch, 2 * height + 6, 2 * width + 6, channels),
            _filters(_UP, inputs),
            padded,
            strides=(1, 2, 2, 1),
            padding="VALID",
        )
        return doubled[:, 3 : 2 * height + 3, 3 : 2 * width + 3]

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        return (batch, *(None if side is None else 2 * side for side in sides), channels)

    def reads(self, start, stop, size, axis):
        """The pixels, along one axis, that make pixels `start` to `stop`: networks/receptive_field.

        Pixel 2 i is made of i - 1 and i, pixel 2 i + 1 of i and i + 1.
        """
        del size, axis
        return (start + 1) // 2 - 1, stop // 2 + 1


def _filters(taps, inputs):
    square = np.outer(taps, taps).astype("float32")[:, :, None, None]
    return tf.tile(tf.constant(square, inputs.dtype), (1, 1, inputs.shape[-1], 1))

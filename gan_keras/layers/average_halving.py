"""Halving by averages that count no pixels beyond the border."""

import fractions

import keras
from keras import ops

from gan_keras.serialization import register


@register
class AverageHalving(keras.layers.Layer):
    """Half the size: the mean of the 3x3 pixels around every second pixel.

    What the smaller discriminators of a multi-scale one look at. At the border only pixels of the
    image count. (Wang et al., 2018, arXiv 1711.11585, section 3.2; in PyTorch an average pool of
    size 3, stride 2, padding 1, `count_include_pad=False`. Keras's "same" begins a pixel further.)

    Input `(batch, h, w, c)`, output `(batch, h / 2, w / 2, c)`, sizes rounded up. No weights.
    """

    scale_of_maps = fractions.Fraction(1, 2)

    def call(self, inputs):
        return self._sums(inputs) / self._sums(ops.ones_like(inputs[:1, :, :, :1]))

    def compute_output_shape(self, input_shape):
        batch, *sides, channels = input_shape
        return (batch, *(None if side is None else (side + 1) // 2 for side in sides), channels)

    def reads(self, start, stop, size, axis):
        """The pixels, along one axis, that make pixels `start` to `stop`: networks/receptive_field.

        Some may lie beyond the border.
        """
        del size, axis
        return 2 * start - 1, 2 * stop

    def _sums(self, inputs):
        padded = ops.pad(inputs, [(0, 0), (1, 1), (1, 1), (0, 0)])
        return ops.average_pool(padded, 3, strides=2, padding="valid")

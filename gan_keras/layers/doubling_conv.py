"""A doubling and the convolution after it, as one transposed convolution with half the work."""

import fractions

import keras
from keras import ops

from gan_keras.serialization import register

BORDERS = ("zeros", "reflect")
SMALLEST_AREA = 64  # pixels; below, the larger kernel costs more than the smaller map saves


@register
class DoublingConv2D(keras.layers.Conv2D):
    """Each pixel repeated 2x2, then a 3x3 convolution: upsampling that paints no checkerboard.

    `UpSampling2D(2)` and `Conv2D(filters, 3)` compute the same, from the same weights (Odena et
    al., 2016, distill.pub/2016/deconv-checkerboard). Of the 9 pixels under the kernel several are
    copies of one, so their weights can be added first: what is left is a transposed convolution of
    stride 2, whose 4x4 kernel is made of sums of the 3x3 kernel's entries, and 16 products in place
    of 36. Maps under 8x8 pixels are doubled and convolved as they stand.

    Input `(batch, h, w, c)`, output `(batch, 2 h, 2 w, filters)`.

    Args:
        filters: channels of the output.
        border: what lies beyond the doubled image's border: "zeros" (the default), or "reflect".
        **arguments: of Keras's `Conv2D`, without `kernel_size`, `strides` and `padding`.

    Raises:
        ValueError: an unknown border.
    """

    scale_of_maps = fractions.Fraction(2)

    def __init__(self, filters, *, border="zeros", **arguments):
        if border not in BORDERS:
            raise ValueError(f"`border` must be one of {BORDERS}. Received: {border!r}.")
        super().__init__(filters, 3, padding="same", **arguments)
        self.border = border

    def call(self, inputs):
        height, width = inputs.shape[1:3]
        if None in (height, width) or height * width >= SMALLEST_AREA:
            outputs = self._transposed(inputs)
        else:
            outputs = self._convolved(inputs)
        if self.use_bias:
            outputs = outputs + self.bias
        return outputs if self.activation is None else self.activation(outputs)

    def compute_output_shape(self, input_shape):
        batch, *sides, _ = input_shape
        return (batch, *(None if side is None else 2 * side for side in sides), self.filters)

    def get_config(self):
        config = super().get_config()
        for key in ("kernel_size", "strides", "padding"):
            del config[key]
        return {**config, "border": self.border}

    def reads(self, start, stop, size, axis):
        """The pixels, along one axis, that make pixels `start` to `stop`: networks/receptive_field.

        Some may lie beyond the border.
        """
        del size, axis
        return (start - 1) // 2, stop // 2 + 1

    def _transposed(self, inputs):
        kernel = ops.transpose(_summed(_summed(self.kernel, 0), 1), (0, 1, 3, 2))
        if self.border == "zeros":
            return ops.conv_transpose(inputs, kernel, strides=2, padding="same")
        # What the doubled image mirrors at its border is its outermost pixel's copy.
        around = ops.pad(inputs, [(0, 0), (1, 1), (1, 1), (0, 0)], mode="symmetric")
        return ops.conv_transpose(around, kernel, strides=2, padding="same")[:, 2:-2, 2:-2]

    def _convolved(self, inputs):
        doubled = ops.repeat(ops.repeat(inputs, 2, axis=1), 2, axis=2)
        if self.border == "zeros":
            return ops.conv(doubled, self.kernel, padding="same")
        around = ops.pad(doubled, [(0, 0), (1, 1), (1, 1), (0, 0)], mode="reflect")
        return ops.conv(around, self.kernel, padding="valid")


def _summed(kernel, axis):
    """Along one axis, the four weights by which a pixel reaches the pixels around its copies."""
    first, middle, last = ops.unstack(kernel, axis=axis)
    return ops.stack([last, middle + last, first + middle, first], axis=axis)

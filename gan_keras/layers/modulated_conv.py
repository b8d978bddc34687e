"""A convolution whose input channels are scaled by a style, image by image."""

import math

import keras
from keras import ops

from gan_keras.layers.equalized import EqualizedDense
from gan_keras.layers.resample import blur
from gan_keras.serialization import register


@register
class ModulatedConv2D(keras.layers.Layer):
    """StyleGAN2's convolution: kernel `s_i W_kio`, by demodulation of unit norm for each output o.

    The style s is an affine map of w. In formulas, with e = 1e-8,

        y = conv(x, W') ,   W'_kio = s_i W_kio / sqrt(sum over k, i of (s_i W_kio)^2 + e)

    (Karras et al., 2020, arXiv 1912.04958, equations 1 and 3.) Scaling the maps before the
    convolution and after it is the same and needs no kernel for each image. To double the size, the
    convolution is transposed, with a stride of 2, and blurred by [1, 3, 3, 1] afterwards, as in the
    authors' code: a quarter of the cost of a convolution of the doubled map.

    Args:
        filters: channels of the output.
        kernel_size: side of the kernel in pixels. Defaults to 3.
        demodulate: whether outputs are brought back to unit variance; not where they become
            colours. Defaults to True.
        gain: factor of the output; the square root of 2 where leaky ReLU follows. Defaults to 1.
        upsample: whether the map is doubled. Defaults to False.

    Call with `[maps, w]`: `(batch, h, w, c)` and `(batch, n)`. Returns `(batch, h, w, filters)`, or
    twice that size with `upsample`. It has no bias.
    """

    def __init__(
        self, filters, kernel_size=3, *, demodulate=True, gain=1.0, upsample=False, **kwargs
    ):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size
        self.demodulate = demodulate
        self.gain = gain
        self.upsample = upsample

    def build(self, input_shape):
        maps, w = input_shape
        shape = (self.kernel_size, self.kernel_size, maps[-1], self.filters)
        self.kernel = self.add_weight(
            shape=shape, initializer=keras.initializers.RandomNormal(stddev=1.0), name="kernel"
        )
        self.kernel_scale = 1.0 / math.sqrt(math.prod(shape[:-1]))
        self.style = EqualizedDense(maps[-1], bias_start=1.0, dtype=self.dtype_policy, name="style")
        self.style.build(w)

    def call(self, inputs):
        maps, w = inputs
        kernel = ops.convert_to_tensor(self.kernel) * self.kernel_scale
        style = self.style(w)  # (batch, c)
        y = self._convolved(maps * style[:, None, None, :], kernel)
        if not self.demodulate:
            return y * self.gain
        # Squares and their sum in float32: float16 ends at 65504.
        energy = ops.sum(ops.square(ops.cast(kernel, "float32")), axis=(0, 1))  # (c, filters)
        norm = ops.matmul(ops.square(ops.cast(style, "float32")), energy)
        factor = self.gain * ops.rsqrt(norm + 1e-8)  # (batch, filters)
        return y * ops.cast(factor, y.dtype)[:, None, None, :]

    def _convolved(self, maps, kernel):
        if not self.upsample:
            return ops.conv(maps, kernel, padding="same")
        kernel = ops.swapaxes(kernel, -1, -2) * 4.0  # three pixels of four in between are zero
        return blur(ops.conv_transpose(maps, kernel, strides=2, padding="same"))

    def compute_output_shape(self, input_shape):
        batch, height, width, _ = input_shape[0]
        scale = 2 if self.upsample else 1
        return (batch, scale * height, scale * width, self.filters)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "demodulate": self.demodulate,
            "gain": self.gain,
            "upsample": self.upsample,
        }

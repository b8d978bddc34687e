"""Dense and convolution layers with an equalised learning rate."""

import math

import keras
from keras import ops

from gan_keras.serialization import register


class _Equalized(keras.layers.Layer):
    """What both layers share: a kernel drawn at scale 1, and the scale applied when it is used."""

    def __init__(
        self, *, gain=1.0, use_bias=True, bias_start=0.0, learning_rate_scale=1.0, **kwargs
    ):
        super().__init__(**kwargs)
        self.gain = gain
        self.use_bias = use_bias
        self.bias_start = bias_start
        self.learning_rate_scale = learning_rate_scale

    def get_config(self):
        return {
            **super().get_config(),
            "gain": self.gain,
            "use_bias": self.use_bias,
            "bias_start": self.bias_start,
            "learning_rate_scale": self.learning_rate_scale,
        }

    def _add_weights(self, kernel_shape):
        self.kernel = self.add_weight(
            shape=kernel_shape,
            initializer=keras.initializers.RandomNormal(stddev=1.0 / self.learning_rate_scale),
            name="kernel",
        )
        fan_in = math.prod(kernel_shape[:-1])
        self.kernel_scale = self.gain * self.learning_rate_scale / math.sqrt(fan_in)
        if self.use_bias:
            start = keras.initializers.Constant(self.bias_start / self.learning_rate_scale)
            self.bias = self.add_weight(shape=kernel_shape[-1:], initializer=start, name="bias")

    def _scaled_kernel(self):
        return ops.convert_to_tensor(self.kernel) * self.kernel_scale

    def _with_bias(self, x):
        return x + self.bias * self.learning_rate_scale if self.use_bias else x


@register
class EqualizedDense(_Equalized):
    """`x @ (W / sqrt(fan_in)) + b` with W drawn from N(0, 1).

    Adam moves every weight equally far in a step; with all kernels stored at one scale, all layers
    learn equally fast. (Karras et al., 2018, arXiv 1710.10196, section 4.1.)

    Args:
        units: length of the output.
        gain: factor of the kernel; the square root of 2 where leaky ReLU follows. Defaults to 1.
        use_bias: whether there is a bias. Defaults to True.
        bias_start: what the bias amounts to at first. Defaults to 0.
        learning_rate_scale: how much slower the layer learns, the outputs at first being equal:
            StyleGAN's mapping network has 0.01. Defaults to 1.

    Input `(batch, ..., n)`; returns `(batch, ..., units)`.
    """

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, input_shape):
        self._add_weights((input_shape[-1], self.units))

    def call(self, inputs):
        return self._with_bias(ops.matmul(inputs, self._scaled_kernel()))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.units)

    def get_config(self):
        return {**super().get_config(), "units": self.units}


@register
class EqualizedConv2D(_Equalized):
    """A convolution with kernel `W / sqrt(fan_in)`, W drawn from N(0, 1), and padding "same".

    (Karras et al., 2018, arXiv 1710.10196, section 4.1.)

    Args:
        filters: channels of the output.
        kernel_size: side of the kernel in pixels.
        gain, use_bias, bias_start, learning_rate_scale: as of `EqualizedDense`.

    Input `(batch, h, w, c)`; returns `(batch, h, w, filters)`.
    """

    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size

    def build(self, input_shape):
        self._add_weights((self.kernel_size, self.kernel_size, input_shape[-1], self.filters))

    def call(self, inputs):
        return self._with_bias(ops.conv(inputs, self._scaled_kernel(), padding="same"))

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.filters)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
        }

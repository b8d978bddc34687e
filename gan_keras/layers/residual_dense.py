"""Residual dense blocks of super-resolution: RRDB, without any normalisation."""

import keras
from keras import layers, ops

from gan_keras.serialization import register

SLOPE = 0.2
NUM_CONVOLUTIONS = 5


@register
class ResidualDense(layers.Layer):
    """Convolutions that each see all maps before them, at a fraction added to the input.

    Four 3x3 convolutions make `growth` channels each, of the input and all that was made of it;
    a fifth goes back to the input's channels:

        out = x + residual_scale * conv_5([x, a_1, a_2, a_3, a_4])

    with leaky ReLU after the first four. (Wang et al., 2018, ESRGAN, arXiv 1809.00219, figure 4;
    slope 0.2 is the authors' code's.)

    Args:
        growth: channels of each of the first four. Defaults to 32.
        residual_scale: what the residual is multiplied by. Defaults to 0.2.
        kernel_initializer: of the convolutions. Defaults to "he_normal".

    Input and output `(batch, h, w, c)`.
    """

    def __init__(self, growth=32, *, residual_scale=0.2, kernel_initializer="he_normal", **kwargs):
        super().__init__(**kwargs)
        self.growth = growth
        self.residual_scale = residual_scale
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        channels = input_shape[-1]
        self.convolutions = []
        for index in range(NUM_CONVOLUTIONS):
            layer = layers.Conv2D(
                self.growth if index < NUM_CONVOLUTIONS - 1 else channels,
                3,
                padding="same",
                kernel_initializer=self.kernel_initializer.clone(),
                dtype=self.dtype_policy,
                name=f"convolution_{index}",
            )
            layer.build((*input_shape[:-1], channels + index * self.growth))
            self.convolutions.append(layer)

    def call(self, inputs):
        maps = [inputs]
        for convolution in self.convolutions[:-1]:
            x = convolution(ops.concatenate(maps, axis=-1))
            maps.append(ops.leaky_relu(x, negative_slope=SLOPE))
        return inputs + self.residual_scale * self.convolutions[-1](ops.concatenate(maps, axis=-1))

    def compute_output_shape(self, input_shape):
        return input_shape

    def reads(self, start, stop, size, axis):
        """The pixels of the input that make pixels `start` to `stop`: networks/receptive_field."""
        return start - NUM_CONVOLUTIONS, stop + NUM_CONVOLUTIONS

    def get_config(self):
        return {
            **super().get_config(),
            "growth": self.growth,
            "residual_scale": self.residual_scale,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


@register
class ResidualInResidualDense(layers.Layer):
    """Three `ResidualDense` in a row, at a fraction added to the input: ESRGAN's RRDB.

    (Wang et al., 2018, ESRGAN, arXiv 1809.00219, section 3.1 and figure 4.)

    Args:
        growth, residual_scale, kernel_initializer: as of `ResidualDense`.

    Input and output `(batch, h, w, c)`.
    """

    def __init__(self, growth=32, *, residual_scale=0.2, kernel_initializer="he_normal", **kwargs):
        super().__init__(**kwargs)
        self.growth = growth
        self.residual_scale = residual_scale
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        self.blocks = []
        for index in range(3):
            block = ResidualDense(
                self.growth,
                residual_scale=self.residual_scale,
                kernel_initializer=self.kernel_initializer.clone(),
                dtype=self.dtype_policy,
                name=f"dense_{index}",
            )
            block.build(input_shape)
            self.blocks.append(block)

    def call(self, inputs):
        x = inputs
        for block in self.blocks:
            x = block(x)
        return inputs + self.residual_scale * x

    def compute_output_shape(self, input_shape):
        return input_shape

    def reads(self, start, stop, size, axis):
        """The pixels of the input that make pixels `start` to `stop`: networks/receptive_field."""
        for block in self.blocks:
            start, stop = block.reads(start, stop, size, axis)
        return start, stop

    def get_config(self):
        return {
            **super().get_config(),
            "growth": self.growth,
            "residual_scale": self.residual_scale,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }

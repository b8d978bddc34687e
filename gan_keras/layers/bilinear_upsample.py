"""Bilinear enlargement of maps of any size."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class BilinearUpsample(keras.layers.Layer):
    """Height and width times `scale` by bilinear interpolation, borders repeated.

    The start of a super-resolution network, which adds what is lacking. Keras's `UpSampling2D` does
    the same, but not for maps whose sizes only the call knows. `BlurUpsample` has gradients of any
    order, this only the first.

    Args:
        scale: how many times larger.

    Input `(batch, h, w, c)`; returns `(batch, h scale, w scale, c)`.
    """

    def __init__(self, scale, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(scale, int) or scale < 1:
            raise ValueError(f"`scale` must be a positive integer. Received: {scale!r}.")
        self.scale = scale

    def call(self, inputs):
        if self.scale == 1:
            return inputs
        shape = self.compute_output_shape(inputs.shape)[1:3]
        if None in shape:
            shape = self.scale * tf.shape(inputs)[1:3]
        return tf.cast(tf.image.resize(inputs, shape, "bilinear"), inputs.dtype)

    def compute_output_shape(self, input_shape):
        if len(input_shape) != 4:
            raise ValueError(
                "BilinearUpsample takes maps (batch, h, w, channels). "
                f"Received: {tuple(input_shape)}."
            )
        batch, *sides, channels = input_shape
        return (batch, *(side and side * self.scale for side in sides), channels)

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}

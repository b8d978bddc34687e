"""Bilinear enlargement of maps of any size."""

import fractions

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

    @property
    def scale_of_maps(self):
        """Pixels of the output for each of the input, for `networks.receptive_field`."""
        return fractions.Fraction(self.scale)

    def reads(self, start, stop, size, axis):
        """The pixels of the input that make pixels `start` to `stop` of the output."""
        return bilinear_reads(start, stop, self.scale)

    def get_config(self):
        return {**super().get_config(), "scale": self.scale}


def bilinear_reads(start, stop, scale):
    """The pixels between whose centres pixels `start` to `stop` of an enlargement lie."""
    # The centre of pixel o lies at (o + 1/2) / scale - 1/2, between two pixels.
    first, last = ((2 * pixel + 1 - scale) // (2 * scale) for pixel in (start, stop - 1))
    return first, last + 2

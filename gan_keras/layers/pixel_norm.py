"""Every pixel's feature vector at unit length."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class PixelNorm(keras.layers.Layer):
    """Divides by the root mean square over channels: `x / sqrt(mean(x^2) + 1e-8)`.

    Keeps a generator's magnitudes from escalating; in StyleGAN it puts latents on the sphere.
    (Karras et al., 2018, arXiv 1710.10196, section 4.2.)

    Input `(batch, ..., channels)`; the output has the same shape.
    """

    def call(self, inputs):
        x = ops.cast(inputs, "float32")
        mean_square = ops.mean(ops.square(x), axis=-1, keepdims=True)
        return ops.cast(x * ops.rsqrt(mean_square + 1e-8), inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

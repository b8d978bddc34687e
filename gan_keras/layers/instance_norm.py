"""Normalisation of each image by itself, channel by channel."""

import math

import keras
from keras import ops

from gan_keras.serialization import register


@register
class InstanceNorm(keras.layers.Layer):
    """Gives each channel of each image mean 0 and variance 1 over its pixels.

    The normalisation of image-to-image networks: the output of an image depends on no other image
    of the batch, in training and at inference alike.

        y = (x - mean) / sqrt(variance + epsilon)      (times gamma, plus beta, with `affine=True`)

    The variance divides by the number of pixels. (Ulyanov et al., 2016, arXiv 1607.08022.) Keras's
    `GroupNormalization(groups=-1)` has a scale and an epsilon of 1e-3, which papers do not. All is
    computed in float32 at least, under mixed precision too.

    A map of one pixel minus its mean is 0, whatever the network has learned. Such a map is refused.

    Args:
        affine: whether each channel has a learned scale, from 1, and a shift, from 0. Defaults to
            False, as in pix2pix and CycleGAN.
        epsilon: added to the variance. Defaults to 1e-5.
        gamma_initializer: of the scale. Defaults to "ones".

    Input `(batch, ..., channels)` with one spatial axis or more; the output has the same shape.

    Raises:
        ValueError: there is no spatial axis, or the map has one pixel.
    """

    def __init__(self, *, affine=False, epsilon=1e-5, gamma_initializer="ones", **kwargs):
        super().__init__(**kwargs)
        self.affine = affine
        self.epsilon = epsilon
        self.gamma_initializer = keras.initializers.get(gamma_initializer)

    def build(self, input_shape):
        self._check(input_shape)
        if self.affine:
            shape = (input_shape[-1],)
            self.gamma = self.add_weight(
                shape=shape, initializer=self.gamma_initializer, name="gamma"
            )
            self.beta = self.add_weight(shape=shape, initializer="zeros", name="beta")

    def call(self, inputs):
        self._check(inputs.shape)
        maps = self._wide(inputs)
        mean, variance = ops.moments(maps, axes=self.axes(inputs), keepdims=True)
        return self.normalize(inputs, mean, variance)

    def axes(self, inputs):
        """The spatial axes of a tensor `(batch, ..., channels)`."""
        return list(range(1, len(inputs.shape) - 1))

    def normalize(self, inputs, mean, variance):
        """The inputs, normalised by given statistics `(batch, 1, ..., channels)`."""
        maps = self._wide(inputs)
        maps = (maps - mean) * ops.rsqrt(variance + self.epsilon)
        if self.affine:
            maps = maps * ops.cast(self.gamma, maps.dtype) + ops.cast(self.beta, maps.dtype)
        return ops.cast(maps, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "affine": self.affine,
            "epsilon": self.epsilon,
            "gamma_initializer": keras.initializers.serialize(self.gamma_initializer),
        }

    def _wide(self, inputs):
        half = keras.backend.standardize_dtype(inputs.dtype) in ("float16", "bfloat16")
        return ops.cast(inputs, "float32") if half else inputs

    def _check(self, shape):
        if len(shape) < 3:
            raise ValueError(
                f"`{self.name}` must get maps (batch, ..., channels) with a spatial axis. "
                f"Received: shape {tuple(shape)}."
            )
        sides = shape[1:-1]
        if None not in sides and math.prod(sides) < 2:
            raise ValueError(
                f"`{self.name}` makes 0 of any map of one pixel. Received: shape {tuple(shape)}. "
                f"Leave the norm out there, or give a larger image."
            )

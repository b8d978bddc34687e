"""Noise added to each pixel."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class GaussianNoise(corruption.Corruption):
    """White Gaussian noise: the input of denoising.

    input = clip(real + sigma / 127.5 * N(0, 1), -1, 1), with a sigma for each image, uniform in its
    range. The sum is clipped, as a file would be.

    Source: Zhang et al. 2016, arXiv 1608.03981 (15, 25, 50, or blind in [0, 55]).

    Args:
        sigma: float >= 0, or a pair (least, most): standard deviation in levels of [0, 255].
            Defaults to (25.0, 25.0), always 25.

    Raises:
        ValueError: a negative `sigma` or one above 255.
    """

    name: ClassVar[str] = "gaussian_noise"
    sigma: tuple = (25.0, 25.0)

    def __post_init__(self):
        self.sigma = corruption.check_range("sigma", self.sigma, "GaussianNoise", low=0, high=255)

    def input_shape(self, shape):
        """The same."""
        corruption.check_images(shape, "GaussianNoise")
        return tuple(shape)

    def __call__(self, real, random):
        """Noisy images."""
        batch = corruption.batch_of(real)
        sigma = random.uniform((batch, 1, 1, 1), *self.sigma) / 127.5
        noise = random.normal((batch, *self.input_shape(real.shape[1:])))
        return {"input": tf.clip_by_value(real + sigma * noise, -1.0, 1.0)}

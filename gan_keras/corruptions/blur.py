"""Blur by a Gaussian."""

import dataclasses
import math
from typing import ClassVar

import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class GaussianBlur(corruption.Corruption):
    """Gaussian blur: the input of deblurring, or what comes before a `Downsample`.

    The kernel exp(-d^2 / (2 sigma^2)) along both axes, cut off at three of the largest sigma and
    scaled to sum to 1, with a sigma for each image, uniform in its range. Images are mirrored at
    the border.

    Args:
        sigma: float in [0.1, 20], or a pair (least, most), in pixels. Defaults to (0.5, 2.0).

    Raises:
        ValueError: a `sigma` out of range; images smaller than its reach.
    """

    name: ClassVar[str] = "gaussian_blur"
    sigma: tuple = (0.5, 2.0)

    def __post_init__(self):
        self.sigma = corruption.check_range("sigma", self.sigma, "GaussianBlur", low=0.1, high=20)

    @property
    def _reach(self):
        return math.ceil(3 * self.sigma[1])

    def input_shape(self, shape):
        """The same."""
        corruption.check_images(shape, "GaussianBlur")
        if min(shape[:2]) < self._reach:
            raise ValueError(
                f"GaussianBlur of `sigma` {self.sigma[1]} reaches {self._reach} pixels, but images "
                f"are {shape[0]} x {shape[1]}. Lower `sigma`."
            )
        return tuple(shape)

    def __call__(self, real, random):
        """Blurred images."""
        self.input_shape(real.shape[1:])
        sigma = random.uniform((corruption.batch_of(real), 1), *self.sigma)
        places = tf.range(-self._reach, self._reach + 1, dtype=tf.float32)
        weights = tf.exp(-0.5 * tf.square(places / sigma))  # (batch, taps)
        weights /= tf.reduce_sum(weights, axis=1, keepdims=True)
        blurred = real
        for axis in (1, 2):
            blurred = self._along(blurred, weights, axis)
        return {"input": blurred}

    def _along(self, images, weights, axis):
        pads = [[0, 0]] * 4
        pads[axis] = [self._reach] * 2
        padded, size = tf.pad(images, pads, "SYMMETRIC"), images.shape[axis]
        terms = []
        for tap in range(2 * self._reach + 1):
            part = slice(tap, tap + size)
            moved = padded[:, part] if axis == 1 else padded[:, :, part]
            terms.append(weights[:, tap, None, None, None] * moved)
        return tf.add_n(terms)

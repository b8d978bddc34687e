"""Bicubic reduction, as MATLAB's imresize makes it."""

import dataclasses
from typing import ClassVar

import numpy as np
import tensorflow as tf

from gan_keras.corruptions import corruption
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Downsample(corruption.Corruption):
    """Bicubic downsampling: the standard input of super-resolution.

    Keys's cubic with a = -0.5, widened by `scale` against aliasing, images mirrored at the border:
    MATLAB's imresize(image, 1 / scale), on which the field's numbers rest. Other bicubics differ by
    as much as 0.3 of [0, 1]. What overshoots is clipped to [-1, 1], as a file would. Nothing is
    random and gradients pass.

    Source: Keys 1981, Cubic convolution interpolation for digital image processing.

    Args:
        scale: int >= 2. Defaults to 4.

    Raises:
        ValueError: a `scale` below 2; sides that it does not divide, or below twice of it.
    """

    name: ClassVar[str] = "downsample"
    scale: int = 4

    def __post_init__(self):
        if not (isinstance(self.scale, int) and self.scale >= 2):
            raise ValueError(
                "`scale` of Downsample must be a whole number, at least 2. "
                f"Received: {self.scale!r}."
            )

    def input_shape(self, shape):
        """Sides divided by `scale`."""
        corruption.check_images(shape, "Downsample")
        for side in shape[:2]:
            if side % self.scale or side < 2 * self.scale:
                raise ValueError(
                    f"Downsample takes sides that `scale` (={self.scale}) divides, at least twice "
                    f"as long. Received images of {shape[0]} x {shape[1]}. Crop them, or change "
                    "`scale`."
                )
        return (shape[0] // self.scale, shape[1] // self.scale, shape[2])

    def __call__(self, real, random):
        """The small images."""
        self.input_shape(real.shape[1:])
        return {"input": tf.clip_by_value(bicubic(real, self.scale), -1.0, 1.0)}


def bicubic(images, scale):
    """Images reduced `scale` times, not clipped: for the consistency of an answer with its input.

    Products and sums alone, which neither XLA nor a GPU's short matrix products change.

    Args:
        images: float32 tensor (batch, h, w, c); all but the batch are known.
        scale: int that divides h and w.

    Returns:
        Float32 tensor (batch, h / scale, w / scale, c).
    """
    return _turned(_shorter(_turned(_shorter(images, scale)), scale))


def _shorter(images, scale):
    """Fewer rows: each is a weighted sum of `4 * scale` rows, in four blocks."""
    _, height, width, channels = images.shape
    images = tf.pad(images, [[0, 0], padding(scale), [0, 0], [0, 0]], "SYMMETRIC")
    rows = tf.reshape(images, (-1, height // scale + 3, scale, width, channels))
    weights = tf.constant(taps(scale).reshape(4, 1, 1, scale, 1, 1), images.dtype)
    terms = [rows[:, block : block + height // scale] * weights[block] for block in range(4)]
    return tf.reduce_sum(tf.add_n(terms), axis=2)


def _turned(images):
    return tf.transpose(images, (0, 2, 1, 3))


def taps(scale):
    """The weights of the `4 * scale` pixels that make one: float64, they sum to 1."""
    distances = np.abs(_places(scale) - (scale - 1) / 2) / scale
    near = 1.5 * distances**3 - 2.5 * distances**2 + 1
    far = -0.5 * distances**3 + 2.5 * distances**2 - 4 * distances + 2
    weights = np.where(distances <= 1, near, np.where(distances < 2, far, 0.0))
    return weights / weights.sum()


def padding(scale):
    """Mirrored pixels that the first and the last sum need beyond the border: [before, after]."""
    places = _places(scale)
    return [-int(places[0]), int(places[-1]) - scale + 1]


def _places(scale):
    """The pixels that make the first one, whose centre lies at (scale - 1) / 2."""
    return (scale - 1) // 2 - 2 * scale + 1 + np.arange(4 * scale)

"""Rectangular holes."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.corruptions import corruption, mask
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class BoxMask(mask.Mask):
    """Boxes: large holes that a network must fill with what it knows of the whole.

    The number of boxes, their heights and widths, and then their places inside the image are
    uniform in whole pixels. Boxes may overlap.

    Source: Suvorov et al. 2021, arXiv 2109.07161, and its code: up to 4 boxes of 30 to 150 of 256
    pixels.

    Args:
        number: int >= 1, or a pair (least, most): boxes in an image. Defaults to (1, 4).
        side: float in (0, 1], or a pair: the sides of a box as shares of the image's. Defaults to
            (0.12, 0.6).
        fill: float in [-1, 1], the value of missing pixels. Defaults to 0.0, mid-grey.

    Raises:
        ValueError: an argument out of range.
    """

    name: ClassVar[str] = "box_mask"
    number: tuple = (1, 4)
    side: tuple = (0.12, 0.6)

    def __post_init__(self):
        super().__post_init__()
        check = corruption.check_range
        self.number = check("number", self.number, "BoxMask", low=1, high=100, whole=True)
        self.side = check("side", self.side, "BoxMask", low=0, high=1)

    def holes(self, batch, size, random):
        """Where any box is."""
        most = self.number[1]
        drawn = tf.range(most)[None] < mask.between(random, (batch, 1), *self.number)
        rows, columns = (self._along(batch, pixels, random) for pixels in size)
        inside = rows[..., :, None] & columns[..., None, :]  # (batch, boxes, h, w)
        return tf.reduce_any(inside & drawn[..., None, None], axis=1)

    def _along(self, batch, pixels, random):
        """Which pixels of one axis each box covers: bool (batch, boxes, pixels)."""
        shape = (batch, self.number[1], 1)
        length = mask.between(random, shape, *mask.in_pixels(self.side, pixels))
        room = tf.cast(pixels - length + 1, tf.float32)
        start = tf.cast(room * random.uniform(shape), tf.int32)
        place = tf.range(pixels)
        return (place >= start) & (place < start + length)

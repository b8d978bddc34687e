"""Holes as a thick brush paints them."""

import dataclasses
import math
from typing import ClassVar

import numpy as np
import tensorflow as tf

from gan_keras.corruptions import corruption, mask
from gan_keras.serialization import register

DIRECTIONS = 256
_ANGLES = 2 * math.pi * np.arange(DIRECTIONS) / DIRECTIONS
_STEPS = np.stack([np.sin(_ANGLES), np.cos(_ANGLES)], axis=-1).astype("float32")


@register
@dataclasses.dataclass(kw_only=True)
class StrokeMask(mask.Mask):
    """Thick polylines with round ends: holes of every form, as people paint them.

    A stroke starts anywhere, in any direction, with a width of its own. Each of its segments has a
    length of its own and turns off by up to `turn` from the one before. It stops at the border and
    goes on along it. A pixel is missing if its centre is within half the width of a segment.
    Corners lie on whole pixels and distances are compared in whole numbers, so the masks are the
    same on every device.

    Source: the free-form masks of Yu et al. 2018, arXiv 1806.03589, appendix; sizes as in LaMa's
    code (Suvorov et al. 2021, arXiv 2109.07161): up to 5 strokes of a width to 100 and segments of
    a length to 200 of 256 pixels.

    Args:
        number: int >= 1, or a pair (least, most): strokes in an image. Defaults to (1, 5).
        segments: int >= 1, or a pair: segments of a stroke. Defaults to (1, 5).
        width: float in [0, 1], or a pair: as shares of the image's shorter side, at least a pixel.
            Defaults to (0.02, 0.4).
        length: float in [0, 1], or a pair: of a segment, as shares of the shorter side. Defaults
            to (0.04, 0.8).
        turn: float in [0, 0.5], in whole turns. Defaults to 0.25: up to a right angle.
        fill: float in [-1, 1], the value of missing pixels. Defaults to 0.0, mid-grey.

    Raises:
        ValueError: an argument out of range.
    """

    name: ClassVar[str] = "stroke_mask"
    number: tuple = (1, 5)
    segments: tuple = (1, 5)
    width: tuple = (0.02, 0.4)
    length: tuple = (0.04, 0.8)
    turn: float = 0.25

    def __post_init__(self):
        super().__post_init__()
        check = corruption.check_range
        for field in ("number", "segments"):
            value = check(field, getattr(self, field), "StrokeMask", low=1, high=100, whole=True)
            setattr(self, field, value)
        for field in ("width", "length"):
            setattr(self, field, check(field, getattr(self, field), "StrokeMask", low=0, high=1))
        if not 0 <= self.turn <= 0.5:
            raise ValueError(f"`turn` of StrokeMask must be in [0, 0.5]. Received: {self.turn!r}.")

    def holes(self, batch, size, random):
        """Where any stroke is."""
        strokes, segments, side = self.number[1], self.segments[1], min(size)
        drawn = tf.range(strokes)[None] < mask.between(random, (batch, 1), *self.number)
        num_segments = mask.between(random, (batch, strokes), *self.segments)
        width = mask.between(random, (batch, strokes), *mask.in_pixels(self.width, side))
        shape = (batch, strokes, segments)
        lengths = mask.between(random, shape, *mask.in_pixels(self.length, side))
        reach = round(self.turn * DIRECTIONS)
        turns = mask.between(random, shape, -reach, reach)
        directions = random.integers((batch, strokes, 1), DIRECTIONS) + tf.cumsum(turns, axis=-1)
        steps = tf.gather(_STEPS, directions % DIRECTIONS)  # (batch, strokes, segments, 2)
        steps = tf.cast(tf.round(tf.cast(lengths, tf.float32)[..., None] * steps), tf.int32)
        start = tf.stack([random.integers((batch, strokes), pixels) for pixels in size], axis=-1)
        found = tf.zeros((batch, *size), tf.bool)
        for segment in range(segments):
            end = tf.clip_by_value(start + steps[:, :, segment], 0, [size[0] - 1, size[1] - 1])
            there = drawn & (segment < num_segments)
            found |= tf.reduce_any(there[..., None, None] & _near(start, end, width, size), axis=1)
            start = end
        return found


def _near(start, end, width, size):
    """Which pixels are within half of `width` of a segment: bool (batch, strokes, h, w)."""
    start, end, width = (tf.cast(value, tf.int64) for value in (start, end, width))
    y = tf.range(size[0], dtype=tf.int64)[:, None]
    x = tf.range(size[1], dtype=tf.int64)[None]
    width_squared = tf.square(width)[..., None, None]

    def from_corner(corner):
        return y - corner[..., 0, None, None], x - corner[..., 1, None, None]

    down, right = from_corner(start)
    down_end, right_end = from_corner(end)
    height, breadth = (side[..., None, None] for side in tf.unstack(end - start, axis=-1))
    length_squared = tf.square(height) + tf.square(breadth)
    along = down * height + right * breadth
    across = down * breadth - right * height
    # The distance to the line is |across| / length; between the two ends it is the segment's.
    beside = (along > 0) & (along < length_squared)
    beside &= 4 * tf.square(across) <= width_squared * length_squared
    at_start = 4 * (tf.square(down) + tf.square(right)) <= width_squared
    at_end = 4 * (tf.square(down_end) + tf.square(right_end)) <= width_squared
    return beside | at_start | at_end

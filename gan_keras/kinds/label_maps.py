"""Label maps: a class for each pixel."""

import colorsys
import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import images
from gan_keras.kinds import kind
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class LabelMaps(kind.Kind):
    """Maps (h, w, 1) of class numbers, as SPADE's generator is given: whole numbers as float32.

    Args:
        shape: (height, width, 1); None for a side that may have any length.
        num_classes: how many classes there are; with a class for "don't care", that one too.
    """

    name: ClassVar[str] = "label_maps"
    num_classes: int = 2

    def __post_init__(self):
        self.shape = tuple(None if side is None else int(side) for side in self.shape)
        if len(self.shape) != 3 or self.shape[-1] != 1:
            raise ValueError(f"Label maps have the shape (h, w, 1). Received: {self.shape}.")
        kind.check_num_classes(self.num_classes)

    def check(self, array, what):
        """int32 (n, h, w, 1) of whole numbers in [0, num_classes)."""
        array = np.asarray(array)
        array = array[..., np.newaxis] if array.ndim == 3 else array
        if array.ndim != 4 or array.shape[-1] != 1:
            raise ValueError(
                f"'{what}': label maps have shape {array.shape}, but must be (n, h, w, 1): one "
                "class number a pixel, no colours. Map each colour to its number."
            )
        self._check_numbers(array, f"'{what}'")
        return array.astype("int32")

    def check_batch(self, batch, what):
        """Whole numbers in [0, num_classes)."""
        batch = np.asarray(batch)
        kind.same_shape(batch, self.shape, what)
        self._check_numbers(batch, what)

    def to_network(self, stored):
        """float32, still numbers of classes: a network makes them one-hot."""
        if isinstance(stored, np.ndarray):
            return stored.astype("float32", copy=False)
        import tensorflow as tf

        return tf.cast(stored, tf.float32)

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """A grid, each class in a colour of its own."""
        return images.grid(self.shown(samples), columns=columns)

    def shown(self, samples):
        """Each class in a colour of its own."""
        return palette(self.num_classes)[np.asarray(samples)[..., 0].astype("int64")]

    def _check_numbers(self, array, what):
        whole = np.rint(array)
        if not np.isfinite(array).all() or (whole != array).any():
            raise ValueError(
                f"{what}: label maps hold whole numbers of classes. Received others, e.g. "
                f"{np.asarray(array).flat[int(np.argmax(whole != array))]}. Don't smooth or "
                "compress them: nearest neighbour alone resizes a label map."
            )
        low, high = int(array.min()), int(array.max())
        if low < 0 or high >= self.num_classes:
            raise ValueError(
                f"{what}: label maps hold classes in [0, {self.num_classes}). Received: {low} to "
                f"{high}. Pass the right `num_classes`, or map 255 (don't care) to a class."
            )


def palette(num_classes):
    """uint8 (num_classes, 3): colours far from each other, the first one dark."""
    turns = [(0.1 + 0.618034 * index) % 1 for index in range(num_classes)]
    colours = [colorsys.hsv_to_rgb(turn, 0.65, 0.95) for turn in turns]
    found = np.rint(255 * np.array(colours)).astype("uint8")
    found[0] = 32
    return found

"""Label maps: pictures whose values are the numbers of classes, one for each pixel.

They are never filtered: between the numbers of two classes lies a third one. (Label maps that were
read as colours are the best known trap of semantic image synthesis.)
"""

import dataclasses

import numpy as np
from PIL import Image, ImageOps

from gan_keras.data import sizing

MODES = ("1", "L", "P")
LARGEST = 255  # of what a uint8 holds


@dataclasses.dataclass(frozen=True, kw_only=True)
class LabelIds:
    """How label maps are read: PNGs of class numbers, grey or with a palette.

    Of a palette the indices count, not the colours.

    Args:
        num_classes: int in [1, 255], how many classes there are.
        dont_care: int in [0, 255], the number of pixels that belong to none, such as 255; it
            becomes an extra class, `num_classes`. None: such a number is refused.

    Raises:
        ValueError: an argument is out of range.
    """

    num_classes: int
    dont_care: int | None = None

    def __post_init__(self):
        if not 1 <= self.num_classes <= LARGEST:
            raise ValueError(f"`num_classes` (={self.num_classes}) must be in [1, {LARGEST}].")
        if self.dont_care is not None and not self.num_classes <= self.dont_care <= LARGEST:
            raise ValueError(
                f"`dont_care` (={self.dont_care}) must be a number of no class, in "
                f"[{self.num_classes}, {LARGEST}], or None."
            )

    @property
    def num_ids(self):
        """How many different values there can be: the classes, and the extra one if there is."""
        return self.num_classes + (self.dont_care is not None)

    def decoded(self, path, size=None, fit="crop"):
        """One file as class numbers, uint8 (h, w, 1).

        Args:
            path: the file.
            size: (height, width) or None, which keeps its own; by nearest neighbour alone.
            fit: "crop" or "pad", which fills up with the extra class.

        Raises:
            ValueError: it is no PNG, GIF or BMP of one channel of 8 bits, or holds a number that is
                no class; for "pad" there is no extra class.
        """
        with Image.open(path) as picture:
            if picture.format in ("JPEG", "WEBP"):
                raise ValueError(
                    f"'{path}' is a {picture.format}, which changes class numbers where it "
                    "compresses. Save label maps as PNG."
                )
            if picture.mode not in MODES:
                raise ValueError(
                    f"'{path}' has the mode {picture.mode}, but a label map holds class numbers in "
                    "one channel of 8 bits: a PNG of mode L or P. Number the colours."
                )
            # An image of the indices: Pillow would take them for colours.
            numbers = np.asarray(ImageOps.exif_transpose(picture)).astype("uint8")
        ids = self.checked(numbers[None, ..., None], path)[0]
        return ids if size is None else self.fitted(ids, size, fit)

    def fitted(self, ids, size, fit="crop"):
        """Class numbers at another size, by nearest neighbour.

        Args:
            ids: uint8 (h, w, 1).
            size: (height, width).
            fit: "crop" or "pad", which fills up with the extra class.

        Raises:
            ValueError: for "pad" there is no extra class.
        """
        if ids.shape[:2] == tuple(size):
            return ids
        if fit == "pad" and self.dont_care is None:
            raise ValueError(
                "fit='pad' makes pixels of no class. Give `dont_care`, such as 255, or fit='crop'."
            )
        nearest = {"method": Image.Resampling.NEAREST}
        if fit == "pad":
            nearest["color"] = self.num_classes
        height, width = size
        picture = sizing.FITS[fit](Image.fromarray(ids[..., 0]), (width, height), **nearest)
        return np.asarray(picture)[..., None]

    def checked(self, ids, name):
        """Class numbers as uint8 (n, h, w, 1), each in [0, num_ids).

        Args:
            ids: integers (n, h, w) or (n, h, w, 1).
            name: what a message calls them.

        Raises:
            ValueError: they are no integers, have several channels, or one is no class.
        """
        ids = np.asarray(ids)
        if not (np.issubdtype(ids.dtype, np.integer) or ids.dtype == bool):
            raise ValueError(
                f"'{name}': label maps are {ids.dtype}, but must be integers, the numbers of "
                "classes. Pass maps.argmax(axis=-1) if they are one-hot."
            )
        ids = ids[..., None] if ids.ndim == 3 else ids
        if ids.ndim != 4 or ids.shape[-1] != 1:
            raise ValueError(
                f"'{name}': label maps have shape {ids.shape}, but must be (n, h, w). "
                "Pass maps.argmax(axis=-1) if they are one-hot."
            )
        outside = ids[(ids < 0) | (ids >= self.num_classes)]
        if self.dont_care is not None:
            outside = outside[outside != self.dont_care]
        if outside.size:
            none = "" if self.dont_care is None else f" or {self.dont_care} (no class)"
            cure = "Number the classes so, or train with more of them (`num_labels`)"
            if self.dont_care is None and (outside == LARGEST).all():
                cure = "Give dont_care=255 if that means no class"
            raise ValueError(
                f"'{name}': a label map holds {outside.flat[0]}, but class numbers must lie in "
                f"[0, {self.num_classes - 1}]{none}. {cure}."
            )
        if self.dont_care is not None:
            ids = np.where(ids == self.dont_care, self.num_classes, ids)
        return ids.astype("uint8")

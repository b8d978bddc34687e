"""Images: stored as uint8, seen by networks as float32 in [-1, 1]."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import files, images
from gan_keras.kinds import kind
from gan_keras.serialization import register

LOWEST_NAMED = 12  # pixels of a row that a name fits beside
TOLERANCE = 1e-3  # what resizing and half precision may add at the ends of [-1, 1]


@register
@dataclasses.dataclass(kw_only=True)
class Images(kind.Kind):
    """Images (h, w, c), float32 in [-1, 1] for networks and users, uint8 in memory and in files.

    Args:
        shape: (height, width, channels); None for a side that may have any length.
    """

    name: ClassVar[str] = "images"
    unit: ClassVar[str] = "images"
    beside_real: ClassVar[bool] = False
    formats: ClassVar[dict] = {".png": "write_grid", ".gif": "write_walk", "": "write_folder"}

    def __post_init__(self):
        self.shape = tuple(None if side is None else int(side) for side in self.shape)
        if len(self.shape) != 3:
            raise ValueError(
                f"Images have the shape (height, width, channels). Received: {self.shape}."
            )

    def check(self, array, what):
        """uint8 (n, h, w, c), from uint8, or from floating point in [-1, 1], rounded.

        An array (n, h, w) is taken for grey images. Floats without a single value below 0 are
        refused: they are in [0, 1], where half of what a generator can say would never be wanted.
        """
        array = np.asarray(array)
        array = array[..., np.newaxis] if array.ndim == 3 else array
        if array.ndim != 4:
            raise ValueError(
                f"'{what}': images have shape {array.shape}, but must be (n, h, w, c). Reshape "
                "them."
            )
        if array.shape[-1] > 4 and array.shape[1] <= 4:
            raise ValueError(
                f"'{what}': images of shape {array.shape[1:]} have their channels first, but they "
                "must be last. Pass np.moveaxis(images, 1, -1)."
            )
        if array.dtype == np.uint8:
            return array
        check_range(array, what)
        return images.to_uint8(array)

    def check_batch(self, batch, what):
        """Floats in [-1, 1], and not those of [0, 1], where half of the range is never seen."""
        check_floats(batch, self.shape, what)

    def to_network(self, stored):
        """float32 in [-1, 1] of uint8; floats as they are."""
        return as_floats(stored)

    def from_network(self, samples):
        """float32 in [-1, 1]: not every generator ends in tanh."""
        return samples.clip(-1, 1)

    def scored(self, samples):
        """uint8 (n, h, w, c), from uint8, or from floats in [-1, 1], rounded."""
        return as_bytes(samples)

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """A grid, row by row."""
        picture = images.grid(samples, columns=columns)
        if class_names is None or columns is None or samples.shape[1] < LOWEST_NAMED:
            return picture
        return images.with_row_names(picture, class_names)

    def shown(self, samples):
        """The images; of two or four channels, those before the last, which is a mask."""
        samples = np.asarray(samples)
        if samples.shape[-1] in (2, 4):
            samples = samples[..., :-1]
        return images.to_uint8(samples)

    def write_grid(self, path, samples, labels, *, columns, scale, class_names, mark):
        """One PNG of all."""
        picture = self.picture(samples, columns=columns)
        picture = images.enlarged(picture, scale or images.suitable_scale(*picture.shape[:2]))
        if class_names is not None and columns is not None:
            picture = images.with_row_names(picture, class_names)
        images.save_png(path, picture, mark=mark)

    def write_walk(self, path, samples, labels, *, scale, mark, **look):
        """A GIF with a frame a sample."""
        scale = scale or images.suitable_scale(*samples.shape[1:3])
        frames = [images.enlarged(frame, scale) for frame in images.to_uint8(samples)]
        images.save_gif(path, frames, mark=mark)

    def write_folder(self, path, samples, labels, *, mark, **look):
        """A folder of PNGs, whole or not at all, at their own size; the names say the label."""
        with files.new_folder(path) as temporary:
            for index, picture in enumerate(images.to_uint8(samples)):
                suffix = "" if labels is None else f"-class{labels[index]}"
                images.save_png(temporary / f"{index:05d}{suffix}.png", picture, mark=mark)


def check_range(array, what):
    """Refuses whole arrays of images that are not floats in [-1, 1] with values below 0."""
    if not np.issubdtype(array.dtype, np.floating):
        raise ValueError(
            f"'{what}': images are {array.dtype}, but must be uint8 in [0, 255] or floating point "
            "in [-1, 1]. Pass images.astype('uint8') if they lie in [0, 255]."
        )
    kind.finite(array, what)
    low, high = float(array.min()), float(array.max())
    if low < -1 - TOLERANCE or high > 1 + TOLERANCE:
        raise ValueError(
            f"'{what}': floating-point images lie in [{low:g}, {high:g}], but must lie in "
            "[-1, 1]. Pass images / 127.5 - 1 if they lie in [0, 255], or uint8."
        )
    if low >= 0:
        raise ValueError(
            f"'{what}': floating-point images lie in [{low:g}, {high:g}], with no value below 0, "
            "but must span [-1, 1]. Pass 2 * images - 1 if they lie in [0, 1], or uint8."
        )


def check_floats(batch, shape, what):
    """Refuses a batch of pixels of other shapes than `shape`, or that is not floats in [-1, 1]."""
    batch = np.asarray(batch)
    if batch.dtype.kind != "f":
        raise ValueError(
            f"Samples are floats; images in [-1, 1]. Received: {batch.dtype}. "
            "Convert with `gan_keras.images.to_float`, or load with `gan_keras.data.load`."
        )
    kind.same_shape(batch, shape, what)
    if not np.isfinite(batch).all():
        raise ValueError(f"{what} holds NaN or infinity. Remove or mend those samples.")
    low, high = batch.min(), batch.max()
    if low < -1 - TOLERANCE or high > 1 + TOLERANCE:
        raise ValueError(
            f"Images are in [-1, 1]. Received values from {low:.4g} to {high:.4g}. "
            "For [0, 255] use `x / 127.5 - 1`, for [0, 1] use `2 * x - 1`."
        )
    if low >= 0 and high > 0.5:
        raise ValueError(
            f"Images are in [-1, 1]. Received values from {low:.4g} to {high:.4g}, none below "
            "0. For [0, 1] use `2 * x - 1`."
        )


def as_floats(stored):
    """float32 in [-1, 1] of uint8; floats as they are."""
    if stored.dtype == np.uint8:  # of NumPy or of TensorFlow
        return images.to_float(stored)
    return stored.astype("float32", copy=False) if isinstance(stored, np.ndarray) else stored


def as_bytes(samples):
    """uint8 of pixels, from uint8, or from floats in [-1, 1], rounded; anything else is refused."""
    if samples.dtype == np.uint8:
        return samples
    samples = samples.astype("float32")
    kind.all_finite(samples)
    if samples.min() < -1.01 or samples.max() > 1.01:
        raise ValueError(
            f"Float images must lie in [-1, 1]. Received: {samples.min():g} to "
            f"{samples.max():g}. Convert them with gan_keras.images.to_float, or hand over "
            "uint8."
        )
    return images.to_uint8(samples)

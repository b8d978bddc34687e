"""Vectors: points in the plane, features, anything that is a row of numbers."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import images
from gan_keras.kinds import kind
from gan_keras.kinds.scatter import scatter
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Vectors(kind.Kind):
    """Vectors (d,) of any finite float32 numbers, the same for networks, users and files.

    Args:
        shape: (d,).
    """

    name: ClassVar[str] = "points"
    unit: ClassVar[str] = "points"
    num_shown: ClassVar[int] = 2000
    formats: ClassVar[dict] = {".png": "write_scatter"}

    def __post_init__(self):
        super().__post_init__()
        if len(self.shape) != 1:
            raise ValueError(f"Vectors have the shape (d,). Received: {self.shape}.")

    def check(self, array, what):
        """float32 (n, d) of finite floating point."""
        array = np.asarray(array)
        if array.ndim != 2:
            raise ValueError(
                f"'{what}': vectors have shape {array.shape}, but must be (n, d). Reshape them."
            )
        if not np.issubdtype(array.dtype, np.floating):
            raise ValueError(
                f"'{what}': vectors are {array.dtype}, but must be floating point. Pass "
                "vectors.astype('float32'), or reshape flattened images to (n, h, w, c)."
            )
        kind.finite(array, what)
        return array.astype("float32", copy=False)

    def check_batch(self, batch, what):
        """Finite floats."""
        batch = np.asarray(batch)
        if batch.dtype.kind != "f":
            raise ValueError(
                f"Samples are floats. Received: {batch.dtype}. Pass samples.astype('float32')."
            )
        kind.same_shape(batch, self.shape, what)
        if not np.isfinite(batch).all():
            raise ValueError(f"{what} holds NaN or infinity. Remove or mend those samples.")

    def to_network(self, stored):
        """As they are."""
        return stored

    def scored(self, samples):
        """float32 (n, d), finite."""
        samples = samples.astype("float32")
        kind.all_finite(samples)
        return samples

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """A scatter plot over the real ones, of points in the plane."""
        return scatter(samples, real)

    def write_scatter(self, path, samples, labels, *, mark, **look):
        """A PNG of the scatter plot."""
        images.save_png(path, self.picture(samples), mark=mark)

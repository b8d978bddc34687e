"""Labels: one class for each sample."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras.kinds import kind
from gan_keras.serialization import register

SPARE = 1_000  # classes beyond the number of samples, for a part of a data set


@register
@dataclasses.dataclass(kw_only=True)
class Labels(kind.Kind):
    """Classes, int32 in [0, num_classes), one number a sample.

    Args:
        num_classes: how many there are; None where the labels themselves say it.
    """

    name: ClassVar[str] = "labels"
    num_classes: int | None = None

    def __post_init__(self):
        super().__post_init__()
        if self.num_classes is not None:
            kind.check_num_classes(self.num_classes)

    def check(self, array, what):
        """int32 (n,), from integers (n,) or (n, 1)."""
        array = np.asarray(array)
        if array.ndim == 2 and array.shape[1] > 1:
            raise ValueError(
                f"'{what}': labels have shape {array.shape}, but must be (n,). "
                "Pass labels.argmax(axis=1) if they are one-hot."
            )
        if array.ndim == 2:
            array = array[:, 0]
        if array.ndim != 1:
            raise ValueError(f"'{what}': labels have shape {array.shape}, but must be (n,).")
        if not np.issubdtype(array.dtype, np.integer):
            raise ValueError(
                f"'{what}': labels are {array.dtype}, but must be integers from 0 on. Number the "
                "classes: np.unique(labels, return_inverse=True)[1]."
            )
        low, high = int(array.min()), int(array.max())
        unbounded = self.num_classes is None
        largest = np.iinfo("int32").max - 1 if unbounded else self.num_classes - 1
        if low < 0 or high > largest:
            raise ValueError(
                f"'{what}': labels lie in [{low}, {high}], but must lie in [0, {largest}]. Number "
                "the classes: np.unique(labels, return_inverse=True)[1]."
            )
        if unbounded and high >= len(array) + SPARE:
            raise ValueError(
                f"'{what}': labels go up to {high:,}, but there are {len(array):,} samples, so "
                "most classes would be empty. Number the classes: "
                "np.unique(labels, return_inverse=True)[1]."
            )
        return array.astype("int32")

    def check_batch(self, batch, what):
        """Integers (n,) in [0, num_classes)."""
        batch = np.asarray(batch)
        if batch.dtype.kind not in "iu":
            raise ValueError(
                f"Labels are integers. Received: {batch.dtype}. For one-hot labels use argmax."
            )
        if batch.ndim != 1:
            raise ValueError(
                f"Labels have shape (batch,). Received: {batch.shape}. "
                "Squeeze them, or use argmax for one-hot labels."
            )
        if batch.size and (batch.min() < 0 or batch.max() >= self.num_classes):
            raise ValueError(
                f"Labels are in [0, {self.num_classes}). Received: {batch.min()} to {batch.max()}. "
                "Pass the right `num_classes`, or renumber the labels."
            )

    def to_network(self, stored):
        """As they are: networks embed them."""
        return stored


def if_labels(array):
    """int32 (n,) of an array that can only be labels, one whole number a sample; else None."""
    array = np.asarray(array)
    is_labels = array.ndim == 1 and np.issubdtype(array.dtype, np.integer)
    return array.astype("int32") if is_labels else None

"""What a kind is: how an entry of a batch is stored, fed to networks, looked at and written."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras import files
from gan_keras.files import marks
from gan_keras.serialization import Configurable

MARKED_INSIDE = (".png", ".gif", "")  # suffixes of pictures and of folders of such


@dataclasses.dataclass(kw_only=True)
class Kind(Configurable):
    """Base of the kinds: abstract; every subclass is final.

    A kind is saved with the model, so that a file decodes its own samples. What it has fitted to
    data (the columns of a table, say) is part of its config.

    Args:
        shape: of one entry, as networks take it.
    """

    name: ClassVar[str] = "kind"
    unit: ClassVar[str] = "samples"
    """What many entries are called where they are counted: "images"."""
    num_shown: ClassVar[int] = 100
    """How many samples a picture or a file holds unless somebody says otherwise."""
    num_at_once: ClassVar[int] = 256
    """How many samples a generator makes at once unless somebody says otherwise."""
    sampled_by_graph: ClassVar[bool] = False
    """Whether many samples are made by a graph: a moment to trace it, then half the time."""
    walks: ClassVar[bool] = True
    """Whether a person can look at a walk between samples."""
    beside_real: ClassVar[bool] = True
    """Whether a picture shows real samples, too, where there are some."""
    can_be_heard: ClassVar[bool] = False
    """Whether samples are sounds: `heard` gives them."""
    one_file: ClassVar[str] = ".png"
    """How the file of one sample ends, as translators read and write it."""
    classifier: ClassVar[dict] = {}
    """How a classifier of samples is trained for scores, where it isn't as usual: arguments of
    `metrics.features.classifier.trained`."""
    formats: ClassVar[dict] = {}
    """From the suffix of a file to the method that writes it, beside `.npz`, which all have."""
    shape: tuple = ()

    def __post_init__(self):
        self.shape = tuple(side if side is None else int(side) for side in self.shape)

    def orders(self):
        """Units of a network's samples that are bins of one number, in order: a list for each.

        Empty lists, or none at all, where there are no such bins, two or more.
        """
        return []

    def network_arguments(self):
        """What builders of networks must know of this kind beside its shape: dict of arguments."""
        return {}

    def fingerprint(self):
        """A text that differs where equal arrays of two kinds mean different data."""
        return ""

    def summary(self):
        """What a person should know of it before training: a list of lines."""
        return []

    def remarks(self):
        """What a person should hear of it when training begins: a list of lines."""
        return []

    def draw_condition(self, real, random):
        """What a generator is told of real samples, in training, for kinds of which parts can be.

        Args:
            real: a batch, as networks take it.
            random: the model's `RandomStream`.

        Returns:
            float32 (batch, numbers of a condition).
        """
        raise ValueError(f"{self.name.capitalize()} have no parts that a generator could be told.")

    def where(self, wishes):
        """Wishes for parts of samples, in words, as this kind's own `Where`.

        Raises:
            ValueError: this kind knows none, or not these.
        """
        raise ValueError(
            f"{self.name.capitalize()} have no columns to fix. Leave out: "
            f"{', '.join(map(str, wishes))}."
        )

    def labels_where(self, wishes, num):
        """Labels of `num` samples as wished, for kinds whose wishes choose a class; else None."""
        return None

    def check(self, array, what):
        """A user's whole array, as it is stored: uint8, int32 or float32.

        Args:
            array: a NumPy array (n, ...).
            what: what an error calls it.

        Raises:
            ValueError: it is not of this kind; one line with the cure.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `check` method.")

    def check_batch(self, batch, what):
        """Raises ValueError unless a concrete batch is what networks take of this kind.

        Args:
            batch: array (n, *shape), from a data set that `fit` was given.
            what: what an error calls it: "The data".
        """
        raise NotImplementedError(f"{type(self).__name__} has no `check_batch` method.")

    def to_network(self, stored):
        """What networks take, float32, of what is stored; a NumPy array or a tensor."""
        raise NotImplementedError(f"{type(self).__name__} has no `to_network` method.")

    def from_network(self, samples):
        """What a user wants, of float32 samples (n, *shape) as a network gives them."""
        return samples

    def scored(self, samples):
        """Samples as scores take them, whoever made them: what a file of them would hold.

        Raises:
            ValueError: NaN, infinite numbers, or others than this kind has.
        """
        raise ValueError(f"{self.name.capitalize()} can't be scored as samples.")

    def for_features(self, samples):
        """Samples, as `from_network` gives them, as extractors of features take them."""
        return samples

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """How a person looks at samples: uint8 (H, W) or (H, W, c).

        Args:
            samples: (n, ...), as `from_network` gives them.
            columns: samples in a row, where they stand in rows. Defaults to a square.
            real: (m, ...) real samples to compare with, for kinds that draw both at once.
            class_names: names of the classes, where each has a row of `columns`; written beside
                rows that are high enough. Defaults to None.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `picture` method.")

    def shown(self, samples):
        """Each sample as an image of its own: uint8 (n, h, w, 1 or 3), for kinds that have one."""
        raise ValueError(f"{self.name.capitalize()} can't be shown side by side.")

    def heard(self, samples):
        """Sounds of samples, for kinds that `can_be_heard`.

        Args:
            samples: (n, ...), as `from_network` gives them.

        Returns:
            float32 (n, samples, 1) in [-1, 1], and how many samples a second has.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `heard` method.")

    def arrays(self, samples, labels=None):
        """What an .npz of samples holds: a dict of arrays by name."""
        return {"samples": samples} if labels is None else {"samples": samples, "labels": labels}

    def write(
        self,
        path,
        samples,
        labels=None,
        *,
        columns=None,
        scale=1,
        class_names=None,
        mark=None,
    ):
        """Writes samples into the file that the suffix of its path asks for.

        Args:
            path: a `pathlib.Path`: .npz (see `arrays`), or one of `formats`.
            samples: (n, ...), as `from_network` gives them.
            labels: int32 (n,) or None.
            columns: as in `picture`.
            scale: how many times pictures are enlarged where one file shows them; None for what
                suits a screen.
            class_names: names of the classes, for files that say them: left of the rows of a grid
                with `columns`, which has one for each. Defaults to None.
            mark: a `marks.Mark` of who made them: in the pictures, and beside a file of another
                suffix. Defaults to None.

        Raises:
            ValueError: another suffix.
        """
        if path.suffix == ".npz":
            with files.replacing(path) as temporary:
                np.savez_compressed(temporary, **self.arrays(samples, labels))
            self._mark(path, mark)
            return
        if path.suffix not in self.formats:
            known = ", ".join(
                suffix or "a folder (no suffix)" for suffix in (*self.formats, ".npz")
            )
            raise ValueError(f"{self.name.capitalize()} go to {known}. Received: '{path}'")
        path.parent.mkdir(parents=True, exist_ok=True)
        getattr(self, self.formats[path.suffix])(
            path,
            samples,
            labels,
            columns=columns,
            scale=scale,
            class_names=class_names,
            mark=mark,
        )
        if path.suffix not in MARKED_INSIDE:
            self._mark(path, mark)

    def _mark(self, path, mark):
        if mark is not None:
            marks.write_beside(path, mark)


def check_num_classes(num_classes):
    """Raises ValueError for a number of classes below 1."""
    if num_classes < 1:
        raise ValueError(f"`num_classes` must be at least 1. Received: {num_classes!r}.")


def finite(array, what):
    """Raises ValueError if an array of floats holds NaN or infinite numbers."""
    good = np.isfinite(array)
    if not good.all():
        first = int(np.argmin(good.reshape(len(array), -1).all(axis=1)))
        raise ValueError(
            f"'{what}': sample {first} holds NaN or infinity, as do {int((~good).sum())} values in "
            "all. Leave such samples out."
        )


def all_finite(samples):
    """Raises ValueError if samples that are to be scored hold NaN or infinite numbers."""
    if not np.isfinite(samples).all():
        bad = int((~np.isfinite(samples).reshape(len(samples), -1).all(axis=1)).sum())
        raise ValueError(
            f"{bad} of {len(samples)} samples hold NaN or infinite numbers. "
            "Nothing can be scored: look at the run that made them."
        )


def same_shape(array, shape, what):
    """Raises ValueError unless the entries of a batch have the shape that networks take.

    A side of `shape` that is None may have any length.
    """
    given = tuple(array.shape[1:])
    alike = [own in (None, side) for own, side in zip(shape, given, strict=False)]
    if len(given) != len(shape) or not all(alike):
        raise ValueError(
            f"{what} gives samples of shape {tuple(array.shape[1:])}, but the networks take "
            f"{tuple(shape)}. Resize the data, or build the networks with that shape."
        )

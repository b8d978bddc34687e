"""`Source`: samples in memory, their labels, and the batches made of them."""

import dataclasses
import functools
import hashlib
import typing

import numpy as np

from gan_keras import kinds

if typing.TYPE_CHECKING:
    import tensorflow as tf

CHUNK = 512  # samples


class Modes(typing.NamedTuple):
    """The Gaussians that a toy source is drawn from.

    Args:
        centres: float32 (k, d), one row per mode.
        sigma: standard deviation of each mode in each direction.
    """

    centres: np.ndarray
    sigma: float


@dataclasses.dataclass(kw_only=True, eq=False)
class Source:
    """A data set held in memory, checked, with the batches that training wants.

    Args:
        name: what messages and records call it.
        samples: one row a sample, as their kind stores them: images, uint8 (n, h, w, c), or
            vectors, float32 (n, d).
        labels: integers (n,) in [0, num_classes), kept as int32; or None.
        class_names: one name per class, which also says how many classes there are (else: the
            largest label plus one); or None.
        modes: the `Modes` that vectors were drawn from, for scores that count them; or None.
        kind: the `kinds.Kind` of the samples. Defaults to None: what their form says.
        entries: further arrays by role, such as "input", what a translator is given.
        entry_kinds: the kinds of these, by role, where their form does not say it.
        paired: whether row i of every entry belongs to sample i. Else entries are drawn in an
            order of their own, and may have another number of rows.
        extractor: name of the extractor in `metrics.features` that was made for these data, and
            scores them unless another is asked for; or None.
        own_scores: name of the scores in `metrics.videos.own` that these data alone have, since
            more is known of them; or None.
        sampled_by: places of columns of a table, by whose categories batches are drawn; a batch
            then says by which, as "column". Defaults to none. See `orders.ByCategory`.

    Raises:
        ValueError: anything in `samples` or `labels` is not as said above.

    Example:

        source = Source(name="mine", samples=images, labels=labels)
        for images, labels in source.batches(64, seed=1):
            ...
    """

    name: str
    samples: np.ndarray
    labels: np.ndarray | None = None
    class_names: list | None = None
    modes: Modes | None = None
    kind: kinds.Kind = None  # type: ignore[assignment] # a kind from `__post_init__` on
    entries: dict = dataclasses.field(default_factory=dict)
    entry_kinds: dict = dataclasses.field(default_factory=dict)
    paired: bool = True
    extractor: str | None = None
    own_scores: str | None = None
    sampled_by: tuple = ()

    def __post_init__(self):
        self.samples, self.kind = self._checked(self.samples, self.kind, self.name)
        if self.labels is not None:
            self.labels = self._checked_labels()
        for role, array in self.entries.items():
            what = f"{self.name} ({role})"
            found = self._checked(array, self.entry_kinds.get(role), what)
            self.entries[role], self.entry_kinds[role] = found
            if self.paired and len(array) != len(self.samples):
                raise ValueError(
                    f"'{self.name}': {len(self.samples)} samples came with {len(array)} of "
                    f"'{role}', but each sample needs one. Give pairs, or paired=False."
                )

    @staticmethod
    def _checked(array, kind, what):
        """An array as its kind stores it, and the kind."""
        array = np.asarray(array)
        kind = kind or kinds.of(array, what)
        return kind.check(array, what), kind

    def _checked_labels(self):
        num_classes, shape = len(self.class_names or ()) or None, np.shape(self.labels)
        if len(shape) == 0 or shape[0] != len(self.samples):
            raise ValueError(
                f"'{self.name}': {len(self.samples)} samples came with labels of shape {shape}, "
                "but each sample needs one label."
            )
        return kinds.Labels(num_classes=num_classes).check(self.labels, self.name)

    @property
    def num_samples(self) -> int:
        """How many samples there are."""
        return len(self.samples)

    @property
    def sample_shape(self) -> tuple[int, ...]:
        """Shape of one sample: (h, w, c) or (d,)."""
        return tuple(self.samples.shape[1:])

    @property
    def is_images(self) -> bool:
        """Whether samples are images."""
        return isinstance(self.kind, kinds.Images)

    @property
    def num_classes(self) -> int | None:
        """How many classes there are, or None without labels."""
        if self.labels is None:
            return None
        return len(self.class_names) if self.class_names else int(self.labels.max()) + 1

    @functools.cached_property
    def fingerprint(self) -> str:
        """First 16 hex digits of the SHA-256 over all arrays: equal data, equal text."""
        digest = hashlib.sha256(self.kind.fingerprint().encode())
        for array in (self.samples, self.labels, *self.entries.values()):
            if array is not None:
                digest.update(f"{array.dtype.str}{array.shape}".encode())
                for start in range(0, len(array), CHUNK):  # they may be on disk
                    digest.update(np.ascontiguousarray(array[start : start + CHUNK]).data)
        return digest.hexdigest()[:16]

    def num_of(self, role):
        """How many rows there are of "real", or of an entry."""
        return self.num_samples if role == "real" else len(self.entries[role])

    def rows(self, places):
        """Some rows, as networks take them: a dict by role of float32 and int32 arrays.

        Args:
            places: int array; entries that are not paired begin again past their end.
        """
        found = {"real": self.kind.to_network(self.samples[places % self.num_samples])}
        if self.labels is not None:
            found["labels"] = self.labels[places % self.num_samples]
        if self.sampled_by:
            found["column"] = (places % len(self.sampled_by)).astype("int32")  # each in turn
        for role, array in self.entries.items():
            own = array[places % len(array)]
            found[role] = self.entry_kinds[role].to_network(own)
        return found

    def split(self, fraction, *, seed=0) -> "tuple[Source, Source]":
        """Two sources without a common sample: this one less the held-out share, and that share.

        Args:
            fraction: share held out, in (0, 1).
            seed: which samples are drawn; equal seeds draw the same.

        Returns:
            `(rest, held_out)`, each in the original order.
        """
        num_held_out = round(fraction * self.num_samples)
        if not 0 < num_held_out < self.num_samples:
            raise ValueError(
                f"`fraction` (={fraction}) of {self.num_samples} samples leaves one side empty. "
                "Give a fraction in (0, 1) that leaves samples on both sides."
            )
        held_out = np.zeros(self.num_samples, bool)
        order = np.random.default_rng(seed).permutation(self.num_samples)
        held_out[order[:num_held_out]] = True
        rest_name, held_out_name = f"{self.name} (rest)", f"{self.name} (held out)"
        return self._select(~held_out, rest_name), self._select(held_out, held_out_name)

    def batches(
        self,
        batch_size,
        *,
        seed=0,
        shuffle=True,
        repeat=False,
        first_batch=0,
        labels=None,
        drop_remainder=True,
        balanced=False,
    ) -> "tf.data.Dataset":
        """A `tf.data.Dataset` of `images` or `(images, labels)`: float32 in [-1, 1] and int32.

        Of data with further entries it is a dict by role: "real", "input", and "labels".

        The order is a function of `seed` and the position in the stream alone, so that training
        can go on at any batch: the stream with `first_batch=n` is the stream without its first n.

        Args:
            batch_size: samples in a batch, over all replicas and discriminator steps.
            seed: which order the samples come in.
            shuffle: whether each pass over the data has a random order of its own. Without
                `repeat`, an iteration over the data set is the first pass that has not been read
                to its end.
            repeat: whether the stream is endless; batches then run across the ends of passes.
            first_batch: how many batches to skip, at no cost.
            labels: True gives labels (an error where there are none), False images alone, None
                labels where there are some.
            drop_remainder: whether a last batch that is not full is left out.
            balanced: whether each class comes equally often: in every batch to within two, and
                exactly where the number of classes divides the batch. Rare samples are repeated;
                batches are always full.
        """
        # TensorFlow takes seconds to import, and `gan-keras list` reads this package too.
        from gan_keras.data import orders, pipeline

        if labels and self.labels is None:
            raise ValueError(
                f"'{self.name}' has no labels, but labels were asked for. Give labels with the "
                "data (folders: one subfolder per class), or train without."
            )
        if balanced and self.labels is None:
            raise ValueError(
                f"'{self.name}' has no labels, so no classes to balance. Give labels with the "
                "data, or leave `balanced` out."
            )
        if self.sampled_by and not shuffle:
            raise ValueError(
                f"Batches of '{self.name}' are drawn by category at random, so `shuffle` can't be "
                "False. Leave it out, or read the rows themselves: source.samples."
            )
        with_labels = self.labels is not None if labels is None else labels
        tensors = self._tensors if with_labels else self._tensors[:1]
        if self.entries:
            roles = ("real", "labels") if with_labels else ("real",)
            tensors = dict(zip(roles, tensors, strict=True)) | self._entry_tensors
        if self.sampled_by:
            tensors = dict(zip(("real", "labels"), tensors, strict=False))
            tensors["column"] = pipeline.on_host(np.arange(len(self.sampled_by), dtype="int32"))
            codes = typing.cast(kinds.Tabular, self.kind).codes(self.samples)[:, self.sampled_by]
            order: typing.Any = orders.ByCategory(codes, seed=seed)
        elif self.entries and not self.paired:
            nums = {role: self.num_of(role) for role in ("real", *self.entries)}
            order = orders.Unpaired(nums, seed=seed, shuffle=shuffle)
        elif balanced:
            order = orders.Balanced(self.labels, seed=seed, shuffle=shuffle)
        else:
            order = orders.Shuffled(self.num_samples, seed=seed, shuffle=shuffle)
        return pipeline.batches(
            tensors,
            batch_size,
            order=order,
            name=self.name,
            repeat=repeat,
            first_batch=first_batch,
            drop_remainder=drop_remainder or balanced,
        )

    @functools.cached_property
    def _tensors(self):
        """Samples and labels on the host, made once; the arrays become views of them."""
        from gan_keras.data import pipeline

        tensors = pipeline.on_host(self.samples)
        self.samples = np.asarray(tensors)  # shares the tensor's memory: the data is held once
        if self.labels is None:
            return (tensors,)
        return tensors, pipeline.on_host(self.labels)

    @functools.cached_property
    def _entry_tensors(self):
        """Entries on the host, made once."""
        from gan_keras.data import pipeline

        return {role: pipeline.on_host(array) for role, array in self.entries.items()}

    def _select(self, chosen, name):
        if self.entries and not self.paired:
            raise ValueError(f"'{self.name}' is not paired, so no part of it can be split off.")
        return dataclasses.replace(
            self,
            name=name,
            samples=self.samples[chosen],
            labels=None if self.labels is None else self.labels[chosen],
            entries={role: array[chosen] for role, array in self.entries.items()},
        )

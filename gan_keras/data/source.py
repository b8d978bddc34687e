"""`Source`: samples in memory, their labels, and the batches made of them."""

import dataclasses
import functools
import hashlib
import typing

import numpy as np

from gan_keras.data import checks

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
        samples: images, uint8 (n, h, w, c), or vectors, float32 (n, d).
        labels: integers (n,) in [0, num_classes), kept as int32; or None.
        class_names: one name per class, which also says how many classes there are (else: the
            largest label plus one); or None.
        modes: the `Modes` that vectors were drawn from, for scores that count them; or None.
        extractor: name of the extractor in `metrics.features` that was made for these data, and
            scores them unless another is asked for; or None.

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
    extractor: str | None = None

    def __post_init__(self):
        self.samples = checks.samples(self.samples, self.name)
        if self.labels is not None:
            num_classes = len(self.class_names) if self.class_names else None
            self.labels = checks.labels(self.labels, len(self.samples), num_classes, self.name)

    @property
    def num_samples(self):
        """How many samples there are."""
        return len(self.samples)

    @property
    def sample_shape(self):
        """Shape of one sample: (h, w, c) or (d,)."""
        return tuple(self.samples.shape[1:])

    @property
    def is_images(self):
        """Whether samples are images (and not vectors)."""
        return self.samples.ndim == 4

    @property
    def num_classes(self):
        """How many classes there are, or None without labels."""
        if self.labels is None:
            return None
        return len(self.class_names) if self.class_names else int(self.labels.max()) + 1

    @functools.cached_property
    def fingerprint(self):
        """First 16 hex digits of the SHA-256 over samples and labels: equal data, equal text."""
        digest = hashlib.sha256()
        for array in (self.samples, self.labels):
            if array is not None:
                digest.update(f"{array.dtype.str}{array.shape}".encode())
                for start in range(0, len(array), CHUNK):  # they may be on disk
                    digest.update(np.ascontiguousarray(array[start : start + CHUNK]))
        return digest.hexdigest()[:16]

    def split(self, fraction, *, seed=0):
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
    ):
        """A `tf.data.Dataset` of `images` or `(images, labels)`: float32 in [-1, 1] and int32.

        The order is a function of `seed` and the position in the stream alone, so that training
        can go on at any batch: the stream with `first_batch=n` is the stream without its first n.

        Args:
            batch_size: samples in a batch, over all replicas and discriminator steps.
            seed: which order the samples come in.
            shuffle: whether each pass over the data has a random order of its own. Without
                `repeat`, each iteration over the data set is the next pass.
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
        from gan_keras.data import pipeline

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
        with_labels = self.labels is not None if labels is None else labels
        tensors = self._tensors if with_labels else self._tensors[:1]
        return pipeline.batches(
            tensors,
            batch_size,
            name=self.name,
            seed=seed,
            shuffle=shuffle,
            repeat=repeat,
            first_batch=first_batch,
            drop_remainder=drop_remainder,
            balanced_labels=self.labels if balanced else None,
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

    def _select(self, chosen, name):
        labels = None if self.labels is None else self.labels[chosen]
        return Source(
            name=name,
            samples=self.samples[chosen],
            labels=labels,
            class_names=self.class_names,
            modes=self.modes,
            extractor=self.extractor,
        )

"""Samples of one side of a comparison, with their classes."""

import dataclasses

import numpy as np


@dataclasses.dataclass(frozen=True, kw_only=True)
class Side:
    """Samples and, if they have any, their classes.

    Attributes:
        samples: (n, ...), as they are stored.
        labels: int (n,) or None.
    """

    samples: np.ndarray
    labels: np.ndarray | None = None

    def lacks_classes_of(self, fake):
        """Whether it has no classes where the fake ones have."""
        return self.labels is None and fake.labels is not None

    def some(self, most, seed):
        """At most so many, drawn at random."""
        if len(self.samples) <= most:
            return self
        kept = np.sort(np.random.default_rng(seed).permutation(len(self.samples))[:most])
        labels = None if self.labels is None else self.labels[kept]
        return Side(samples=self.samples[kept], labels=labels)

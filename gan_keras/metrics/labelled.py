"""Samples of one side of a comparison, with their classes."""

import dataclasses

import numpy as np

from gan_keras.metrics.score import Score
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.spelling import nearest


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


def scores_of(found, side, real, *, what="", extractor=NO_FEATURES, data, seed):
    """A list of `Score` of one side against the real one.

    Args:
        found: dict from a name to its `Estimate`.
        side, real: each a `Side`.
        what: of a side that stands beside, what it is: names end in it, "c2st@shuffled". Defaults
            to "".
        extractor: what the scores state. Defaults to that of scores without features.
        data, seed: what the scores state.
    """
    return [
        Score(
            metric=f"{name}@{what}" if what else name,
            value=estimate.value,
            std=estimate.std,
            extractor=extractor,
            resize="none",
            num_real=len(real.samples),
            num_fake=len(side.samples),
            data=data,
            seed=seed,
        )
        for name, estimate in found.items()
    ]


def known_names(names, table, unit):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is not in the table of scores of `unit`.
    """
    names = [names] if isinstance(names, str) else list(names)
    for name in names:
        if name not in table:
            raise ValueError(f"Unknown metric of {unit} '{name}'.{nearest(name, table)}")
    return names

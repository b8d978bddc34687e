"""What a score may look at: real, generated and held-out samples, and where they came from."""

import dataclasses
from typing import Any

from gan_keras.metrics.features.base import Extractor
from gan_keras.metrics.statistics import Statistics


@dataclasses.dataclass(frozen=True, kw_only=True)
class Sides:
    """All that `evaluate` has gathered for its scores.

    Attributes:
        real: `Statistics` of the real samples, from the cache perhaps.
        fake: `Statistics` of the generated ones.
        held_out: `Statistics` of data that were never trained on, or None.
        real_source: where real samples came from, a `data.Source` perhaps; see `stream.labelled`.
        held_out_source: the same for held-out data, or None.
        held_out_fingerprint: of that source, or None if it has none.
        extractor: the `Extractor` that all of them passed through.
        seed: int, of random parts.
    """

    real: Statistics
    fake: Statistics
    held_out: Statistics | None
    real_source: Any
    held_out_source: Any
    held_out_fingerprint: str | None
    extractor: Extractor
    seed: int

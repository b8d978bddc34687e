"""Held-out rows that were trained on after all: found, said, and left out."""

import dataclasses
import warnings

import numpy as np

from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.exact_copies import row_ids

FEWEST = 20  # rows of either side, or nothing can be compared
ERRORS = 4  # standard errors above the natural share


@dataclasses.dataclass(frozen=True, kw_only=True)
class Unseen:
    """The rows of two tables that may be compared.

    Attributes:
        real: the training rows; without those that stand there twice, if `common`.
        held_out: the held-out rows; without those that are training rows, if `common`.
        common: int, how many held-out rows were left out; 0 if they are no more than natural.
    """

    real: dict
    held_out: dict
    common: int = 0


def unseen(real, held_out):
    """What is left to compare once held-out rows that are training rows are left out.

    People are alike, so that honest held-out rows may equal training rows, too. How many should is
    known from the training rows: the share of them that have a twin among the others (Turing's
    estimate, in Good 1953). Only where the share of held-out rows that are training rows lies more
    than 4 standard errors above that, rows are left out, and a warning says so: all such held-out
    rows, and on the other side all training rows that have a twin, for else frequent rows would
    stand on one side alone.

    The standard error is that of drawing the held-out rows (binomial) and of the estimate (Esty
    1983). Both are taken as if one more pair of twins had been seen, so that no twins are not
    taken for a proof that there can be none: of 1,000 held-out and 1,000 training rows without
    twins, 12 have to be common. A table that holds each row twice hides what is common.

    Source: Good (1953), The population frequencies of species and the estimation of population
    parameters, Biometrika 40, section 2; Esty (1983), A normal limit law for a nonparametric
    estimator of the coverage of a random sample, Annals of Statistics 11(3).

    Args:
        real: the training rows, as `columns` gave them.
        held_out: real rows that should not be among them, aligned.

    Returns:
        `Unseen`.

    Raises:
        ValueError: fewer than 20 rows are left of either.

    Example:
        >>> real = {"age": np.arange(100.0)}
        >>> found = unseen(real, {"age": np.arange(100.0, 150.0)})
        >>> found.common, len(found.held_out["age"])
        (0, 50)
    """
    ids, held_out_ids = row_ids(real, held_out)
    is_common = np.isin(held_out_ids, ids)
    common, num = int(is_common.sum()), len(is_common)
    _, places, times = np.unique(ids, return_inverse=True, return_counts=True)
    if common / num <= _most(times, num):
        return Unseen(real=real, held_out=held_out)
    is_single = times[places] == 1
    twins = len(ids) - int(is_single.sum())
    told = (
        f"{common:,} of the {num:,} held-out rows are training rows; {num * twins / len(ids):.0f} "
        f"would be natural, as {twins:,} of the {len(ids):,} training rows have a twin."
    )
    cure = "Hold out rows that were never trained on."
    left = min(num - common, len(ids) - twins)
    if left < FEWEST:
        raise ValueError(f"{told} Of one side {left} would be left, fewer than {FEWEST}. {cure}")
    warnings.warn(
        f"{told} Left out, as they spoil what takes unseen rows: closest_record, membership, tstr, "
        f"all that is @held_out. {cure}",
        stacklevel=3,
    )
    return Unseen(
        real=columns.rows(real, is_single),
        held_out=columns.rows(held_out, ~is_common),
        common=common,
    )


def _most(times, num):
    """The largest natural share of `num` fresh rows, of how often each different row was seen."""
    size = times.sum()
    pairs = (times == 2).sum() + 1
    once = max((times == 1).sum() - 2, 0)
    share = 1 - once / size
    variance = share * (1 - share) / num + (once * share + 2 * pairs) / size**2
    return share + ERRORS * np.sqrt(variance)

"""Held-out rows that were trained on are none."""

import math
import warnings

import numpy as np

from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.exact_copies import row_ids

FEWEST = 10  # rows that must be left


def apart(held_out, real):
    """The held-out rows, without those that stand among the training rows, if these are too many.

    Some rows may stand in both by chance: people of few columns are alike. How many, the training
    rows tell: a share of them has a twin among the others, and as many of the held-out ones may
    have one, and four standard deviations more. Beyond that the two overlap, so that membership and
    the closest record would call a generator a copyist that is none, or one that is honest.

    Args:
        held_out, real: tables, see `columns.columns`, of the same columns.

    Returns:
        The held-out table, or what is left of it.

    Warns:
        UserWarning: rows are left out.

    Raises:
        ValueError: fewer than ten are left.
    """
    here, there = row_ids(held_out, real)
    common = np.isin(here, there)
    _, place, counts = np.unique(there, return_inverse=True, return_counts=True)
    share, num = float(np.mean(counts[place] > 1)), len(here)
    by_chance = num * share + 4 * math.sqrt(num * share * (1 - share)) + 1
    if common.sum() <= by_chance:
        return held_out
    told = (
        f"{common.sum()} of {num} held-out rows stand among the training rows, where chance would "
        f"have some {round(num * share)}"
    )
    if num - common.sum() < FEWEST:
        raise ValueError(f"{told}. Give rows that were not trained on.")
    warnings.warn(
        f"{told}. They are left out of the held-out rows: cut the two files apart.", stacklevel=3
    )
    return columns.rows(held_out, ~common)

"""Correlation difference: do numbers go together as the real ones do?"""

import itertools

import numpy as np

from gan_keras.metrics.tables import columns


def correlation_difference(fake, real):
    """The absolute difference of Pearson's correlations, for each pair of columns of numbers.

    When to use it: beside `pair_similarity`, which sees bins only. It is blind to all that is not
    linear, and to categories.

    Each correlation is over the rows where both numbers are there. A constant column correlates 0
    with all others.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.

    Returns:
        {(column, column): float in [0, 2]}; lower is better. Empty with fewer than two columns of
        numbers.

    Raises:
        ValueError: the columns differ.

    Example:
        >>> numbers = {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0]}
        >>> found = correlation_difference(numbers, {**numbers, "b": [3.0, 2.0, 1.0]})
        >>> round(found["a", "b"], 6)
        2.0
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    names = [name for name, values in real.items() if columns.is_number(values)]
    return {
        (one, other): abs(correlation(fake[one], fake[other]) - correlation(real[one], real[other]))
        for one, other in itertools.combinations(names, 2)
    }


def correlation(first, second):
    """Pearson's correlation where both are known; 0 where one is constant or fewer than 2 are."""
    known = ~(np.isnan(first) | np.isnan(second))
    first, second = first[known], second[known]
    if len(first) < 2 or np.ptp(first) == 0 or np.ptp(second) == 0:
        return 0.0
    first, second = first - first.mean(), second - second.mean()
    first, second = first / np.abs(first).max(), second / np.abs(second).max()  # no overflow
    return float((first @ second) / np.sqrt((first @ first) * (second @ second)))

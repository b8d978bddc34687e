"""Pair similarity: is each pair of columns distributed as in the real table?"""

import itertools

import numpy as np

from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.column_shapes import Tv


def pair_similarity(fake, real, *, bins=10):
    """One minus the total variation of each pair of columns.

    When to use it: beside `column_shapes`, as the next order. It sees two columns at a time, and
    numbers no finer than their bins. Two real tables do not score 1: many cells hold few rows.
    Compare with held-out real rows, as many as there are fakes.

    Numbers fall into `bins` quantile bins of the real table; those that are missing have a bin of
    their own. Quantiles that coincide (a value that is very common) are one edge, so such a column
    has fewer bins.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns, at least two.
        bins: int >= 2. Defaults to 10.

    Returns:
        {(column, column): float in [0, 1]}; higher is better. Empty for a table of one column.

    Raises:
        ValueError: the columns differ, or too few bins.

    Example:
        >>> pair_similarity({"a": ["x", "y"], "b": ["u", "v"]}, {"a": ["x", "y"], "b": ["v", "u"]})
        {('a', 'b'): 0.0}
    """
    return Pairs(fake, real, bins=bins)()


class Pairs:
    """The same, of fake rows that carry weights: what a bootstrap asks.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.
        bins: int >= 2. Defaults to 10.
    """

    def __init__(self, fake, real, *, bins=10):
        if bins < 2:
            raise ValueError(f"`bins` must be at least 2. Received: {bins}.")
        real = columns.columns(real, "real")
        fake = columns.aligned(fake, real)
        self.num = columns.num_rows(fake)
        found = {name: _ids(fake[name], values, bins) for name, values in real.items()}
        self._of = {}
        for one, other in itertools.combinations(real, 2):
            (fake_one, real_one, _), (fake_other, real_other, num) = found[one], found[other]
            self._of[one, other] = Tv(fake_one * num + fake_other, real_one * num + real_other)

    def __call__(self, weights=None):
        """{(column, column): float in [0, 1]}."""
        weights = np.ones(self.num) if weights is None else weights
        return {pair: 1.0 - distance(weights) for pair, distance in self._of.items()}

    def mean(self, weights=None):
        """The mean over pairs."""
        return float(np.mean(list(self(weights).values())))


def _ids(fake, real, bins):
    if not columns.is_number(real):
        return columns.ids(fake, real)
    fake, real = quantile_bins(real, bins, fake, real)
    return fake, real, bins + 1


def quantile_bins(of, bins, *sides):
    """int64 bins 0 to `bins` - 1 of numbers, by the quantiles of `of`; NaN has bin `bins`."""
    known = of[~np.isnan(of)]
    edges = np.unique(np.quantile(known, np.arange(1, bins) / bins)) if len(known) else []
    return tuple(
        np.where(np.isnan(side), bins, np.searchsorted(edges, side, side="right")).astype("int64")
        for side in sides
    )

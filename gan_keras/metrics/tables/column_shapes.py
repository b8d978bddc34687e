"""Column shapes: is each column by itself distributed as the real one?"""

import numpy as np

from gan_keras.metrics.tables import columns


def column_shapes(fake, real):
    """One minus the largest difference of distributions, column by column.

    When to use it: to find the column that went wrong. It sees nothing between columns: a table
    whose columns were shuffled scores 1, so never report it alone.

    Numbers: 1 - KS, the largest gap between two cumulative distributions. Categories: 1 - TV, half
    the sum of differences of shares. A missing number counts as a value below all others, and a
    missing category as a category.

    Source: the two complements that the synthetic data field has settled on; KS and TV are
    textbook statistics.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.

    Returns:
        {column: float in [0, 1]}; higher is better.

    Raises:
        ValueError: the columns differ.

    Example:
        >>> column_shapes({"a": ["x", "x", "y", "y"]}, {"a": ["x", "x", "x", "y"]})
        {'a': 0.75}
    """
    return Shapes(fake, real)()


class Shapes:
    """The same, of fake rows that carry weights: what a bootstrap asks.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.
    """

    def __init__(self, fake, real):
        real = columns.columns(real, "real")
        fake = columns.aligned(fake, real)
        self.num = columns.num_rows(fake)
        self._of = {
            name: (Ks if columns.is_number(values) else Tv)(fake[name], values)
            for name, values in real.items()
        }

    def __call__(self, weights=None):
        """{column: float in [0, 1]}."""
        weights = np.ones(self.num) if weights is None else weights
        return {name: 1.0 - distance(weights) for name, distance in self._of.items()}

    def mean(self, weights=None):
        """The mean over columns."""
        return float(np.mean(list(self(weights).values())))


class Ks:
    """The largest gap between two cumulative distributions, NaN below all numbers."""

    def __init__(self, fake, real):
        # A missing number becomes -inf, which no number of a table is.
        fake, real = (np.where(np.isnan(side), -np.inf, side) for side in (fake, real))
        self._fake, real_ids, self._num = columns.ids(fake, real)
        self._real = np.cumsum(np.bincount(real_ids, minlength=self._num)) / len(real)

    def __call__(self, weights):
        """float in [0, 1]."""
        fake = np.cumsum(np.bincount(self._fake, weights, self._num)) / weights.sum()
        return float(np.abs(fake - self._real).max())


class Tv:
    """Half the sum of absolute differences of shares."""

    def __init__(self, fake, real):
        self._fake, real_ids, self._num = columns.ids(fake, real)
        self._real = np.bincount(real_ids, minlength=self._num) / len(real)

    def __call__(self, weights):
        """float in [0, 1]."""
        fake = np.bincount(self._fake, weights, self._num) / weights.sum()
        return float(np.abs(fake - self._real).sum() / 2)

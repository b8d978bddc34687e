"""Rows as vectors, so that distances mean something: numbers scaled, categories one-hot."""

import numpy as np

from gan_keras.metrics.tables import columns

MOST_CATEGORIES = 100
FAR = 5.0  # scaled numbers are cut there: one outlier must not outweigh all other columns


class Mixed:
    """A map from tables to float64 (num, features), fitted on the real table.

    The squared distance of two rows is a sum over columns. Numbers are divided by the range of the
    middle nine tenths (by that of all where it is 0); a category that differs adds 1, as does one
    number that is missing where the other is there. Beyond the 100 commonest, categories of a
    column are one.

    Args:
        real: what `columns.columns` gave.
    """

    def __init__(self, real):
        self._of = {
            name: _scale(values) if columns.is_number(values) else _common(values)
            for name, values in real.items()
        }

    def __call__(self, table):
        """float64 (num, features) of a table of the same schema."""
        parts = []
        for name, known in self._of.items():
            values = table[name]
            if columns.is_number(values):
                middle, scale = known
                missing = np.isnan(values)
                scaled = np.clip((values - middle) / scale, -FAR, FAR)
                parts += [np.where(missing, 0.0, scaled)[:, None], missing[:, None] * 1.0]
            else:
                there = values[:, None] == known[None]
                others = ~there.any(axis=1, keepdims=True)
                parts.append(np.concatenate([there, others], axis=1) * np.sqrt(0.5))
        return np.concatenate(parts, axis=1)


def _scale(values):
    known = values[~np.isnan(values)]
    if not len(known):
        return 0.0, 1.0
    low, middle, high = np.quantile(known, (0.05, 0.5, 0.95))
    return middle, (high - low) or np.ptp(known) or 1.0


def _common(values):
    different, counts = np.unique(values, return_counts=True)
    return different[np.argsort(-counts, kind="stable")[:MOST_CATEGORIES]]

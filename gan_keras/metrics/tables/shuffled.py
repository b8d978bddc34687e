"""The table that costs nothing: real columns, each shuffled on its own."""

import numpy as np

from gan_keras.metrics.tables import columns


def shuffled(table, *, seed=0):
    """A table whose columns are right and whose rows are nonsense.

    When to use it: as a baseline. Scores of single columns are perfect here, so a score that
    prefers this table to a model's says little about the model.

    Args:
        table: see `columns`.
        seed: int. Defaults to 0.

    Returns:
        A dict of columns.
    """
    random = np.random.default_rng(seed)
    return {
        name: values[random.permutation(len(values))]
        for name, values in columns.columns(table).items()
    }

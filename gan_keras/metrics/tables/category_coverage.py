"""Category coverage: are all real categories there?"""

import numpy as np

from gan_keras.metrics.tables import columns


def category_coverage(fake, real):
    """Share of a column's real categories that the fake table has, too.

    When to use it: to find dropped categories, which total variation hardly shows when they are
    rare. It needs as many fake rows as real ones: of fewer, even real rows miss some. A category
    that is missing counts as one.

    Args:
        fake: a table, see `columns`.
        real: a table of the same columns.

    Returns:
        {column: float in [0, 1]}, of the columns of categories; higher is better.

    Raises:
        ValueError: the columns differ.

    Example:
        >>> category_coverage({"a": ["x", "x", "x", "z"]}, {"a": ["x", "y", "x", "y"]})
        {'a': 0.5}
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    found = {}
    for name, values in real.items():
        if not columns.is_number(values):
            known = np.unique(values)
            found[name] = float(np.isin(known, fake[name]).mean())
    return found

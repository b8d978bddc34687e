"""Exact copies: fake rows that are training rows, value for value."""

import numpy as np

from gan_keras.metrics.tables import columns


def exact_copies(fake, real):
    """How many fake rows equal a real row in every column.

    When to use it: always, and beside the same count of held-out real rows or `twins` of the
    training rows, for in a table of few columns people are alike: more copies than these have is
    what to worry about. A row with one decimal changed is no copy here; see
    `closest_record_share`.

    Args:
        fake: a table, see `columns`.
        real: the training rows, of the same columns.

    Returns:
        bool (num_fake,), which rows are copies; `.sum()` counts them.

    Raises:
        ValueError: the columns differ.

    Example:
        >>> real = {"age": [30, 40], "job": ["cook", "clerk"]}
        >>> exact_copies({"age": [30, 30], "job": ["cook", "clerk"]}, real)
        array([ True, False])
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    fake_ids, real_ids = row_ids(fake, real)
    return np.isin(fake_ids, real_ids)


def twins(table):
    """Which rows have an equal one among the others: what chance gives rows that nobody copied.

    Args:
        table: a table, see `columns`.

    Returns:
        bool (num,).

    Example:
        >>> twins({"age": [30, 40, 30]})
        array([ True, False,  True])
    """
    ids, _ = row_ids(*2 * (columns.columns(table),))
    return (np.bincount(ids) > 1)[ids]


def row_ids(first, second):
    """int64 ids of the rows of two tables; rows are equal where their ids are."""
    num = columns.num_rows(first)
    found = np.zeros(num + columns.num_rows(second), "int64")
    for name in first:
        here, there, different = columns.ids(first[name], second[name])
        # Numbered anew after each column, so that ids never overflow.
        found = found * different + np.concatenate([here, there])
        found = np.unique(found, return_inverse=True)[1].astype("int64")
    return found[:num], found[num:]

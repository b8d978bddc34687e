"""A table as scores take it: columns of float64 numbers, or of categories as text."""

import hashlib
import re

import numpy as np

from gan_keras.spelling import nearest

MISSING = ""
"""A category that is missing; a number that is missing is NaN."""
DATE = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?)?$")


def columns(table, what="table"):
    """A table as a dict from name to float64 numbers or an object array of text.

    Args:
        table: a dict from name to a column, or a DataFrame. Numbers and dates become float64 (dates
            in days), with NaN where missing; booleans and all else become text, "" where missing.
        what: str, what errors call it.

    Returns:
        {name: float64 (num,) or object (num,) of str}.

    Raises:
        ValueError: no columns, no rows, columns of different lengths, or infinite numbers.
    """
    found = {str(name): column(table[name], f"{what}, column '{name}'") for name in table}
    if not found:
        raise ValueError(f"The {what} table has no columns.")
    lengths = {len(values) for values in found.values()}
    if len(lengths) > 1:
        told = ", ".join(f"'{name}' {len(values)}" for name, values in found.items())
        raise ValueError(f"The columns of the {what} table differ in length: {told}.")
    if not lengths.pop():
        raise ValueError(f"The {what} table has no rows.")
    return found


def column(values, what):
    """One column, as `columns` says."""
    values = np.asarray(values)
    if values.ndim != 1:
        raise ValueError(f"{what}: a column is (num,). Received: shape {values.shape}.")
    if values.dtype.kind == "M":
        days = values.astype("datetime64[s]").astype("float64") / 86_400
        return np.where(np.isnat(values), np.nan, days)
    if values.dtype.kind in "fiu":
        values = values.astype("float64")
        if np.isinf(values).any():
            raise ValueError(
                f"{what}: {int(np.isinf(values).sum())} numbers are infinite. Leave those rows "
                "out, or make the numbers missing."
            )
        return values
    found = np.empty(len(values), object)
    found[:] = [MISSING if _is_missing(value) else str(value) for value in values]
    return found


def _is_missing(value):
    return value is None or value is MISSING or value != value or str(value) in ("NaT", "<NA>")


def is_number(values):
    """Whether a column holds numbers."""
    return values.dtype.kind == "f"


def num_rows(table):
    """How many rows a table has."""
    return len(next(iter(table.values())))


def rows(table, places):
    """The rows of a table at some places."""
    return {name: values[places] for name, values in table.items()}


def some(table, num, seed):
    """`num` rows at random, in their order; all of them where there are no more."""
    if num_rows(table) <= num:
        return table
    places = np.random.default_rng(seed).choice(num_rows(table), num, replace=False)
    return rows(table, np.sort(places))


def without(table, *names):
    """A table without some columns."""
    return {name: values for name, values in table.items() if name not in names}


def joined(first, second):
    """The rows of two tables of one schema, one after the other."""
    return {name: np.concatenate([values, second[name]]) for name, values in first.items()}


def aligned(table, real, what="fake"):
    """A table with the columns of the real one, in their order and of their types.

    Numbers in a column that holds categories in the real table become text; text that reads as
    numbers becomes numbers where the real table has such.

    Args:
        table: as `columns` takes it.
        real: what `columns` gave.
        what: str, what errors call the table.

    Raises:
        ValueError: columns are missing or too many, or text stands where numbers are expected.
    """
    table = columns(table, what)
    for name in table:
        if name not in real:
            raise ValueError(
                f"The {what} table has a column '{name}' that the real one lacks."
                f"{nearest(name, real)}"
            )
    for name in real:
        if name not in table:
            raise ValueError(f"The {what} table lacks the column '{name}' of the real one.")
    return {name: _as(table[name], real[name], f"{what}, column '{name}'") for name in real}


def _as(values, real, what):
    if is_number(real) and not is_number(values):
        return _numbers(values, what)
    if is_number(values) and not is_number(real):
        if np.isnan(values).all():
            return np.full(len(values), MISSING, object)
        return column([None if np.isnan(value) else f"{value:.15g}" for value in values], what)
    return values


def _numbers(values, what):
    found = np.empty(len(values))
    for row, value in enumerate(values):
        try:
            found[row] = as_number(value)
        except ValueError:
            raise ValueError(
                f"{what}: the real table has numbers there. Received: '{value}' in row {row + 1}."
            ) from None
    return column(found, what)


def as_number(text):
    """A number, or a date (2024-05-31, perhaps with a time) in days since 1970; NaN for "".

    Raises:
        ValueError: it is neither.
    """
    if text == MISSING:
        return np.nan
    try:
        return float(text)
    except ValueError:
        if not DATE.match(text):
            raise
        return np.datetime64(text, "s").astype("float64") / 86_400


def ids(values, reference=None):
    """int64 (num,): the place of each value among the sorted different ones; equal ones share it.

    Args:
        values: a column.
        reference: a column whose values count, too. Defaults to None.

    Returns:
        (ids of values, ids of reference or None, how many there are).
    """
    both = values if reference is None else np.concatenate([values, reference])
    different, found = np.unique(both, return_inverse=True)  # NaN equals NaN here
    found = found.astype("int64")
    return (
        found[: len(values)],
        None if reference is None else found[len(values) :],
        len(different),
    )


def fingerprint(table):
    """16 hex digits of a table's names and values."""
    digest = hashlib.sha256()
    for name, values in table.items():
        digest.update(f"{name}\x1e".encode())
        if is_number(values):
            digest.update(np.ascontiguousarray(values).tobytes())
        else:
            digest.update("\x1f".join(values).encode())
    return digest.hexdigest()[:16]

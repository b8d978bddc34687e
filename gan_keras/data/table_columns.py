"""Tables as scores take them: columns of float64 numbers, dates as days since 1970, and texts."""

import numpy as np

from gan_keras.data import adult, tables
from gan_keras.kinds import dates, fit_columns

NAMED = {"adult": adult.rows}
MISSING = ""  # a text that is missing; a number that is missing is NaN


def is_table(data):
    """Whether it is the name of a bundled table, or a path to one."""
    return str(data) in NAMED or tables.is_table(data)


def raw(data, *, split="train", columns=None):
    """The columns of a table as they stand there: list of `RawColumn`.

    Args:
        data: a path, or the name of a bundled table.
        split: of a bundled one, "train" or "test".
        columns: dict from a column's name to its type, where it is not to be inferred; names that
            the table lacks do not matter.

    Raises:
        ValueError: it can't be read.
        ImportError: Parquet without the extra `tables`.
    """
    if str(data) in NAMED:
        return NAMED[str(data)](split=split, columns=columns)
    return tables.read(data, columns=columns)


def date_forms(raw_columns, columns=None):
    """How the columns of dates write them: dict from name to one of `dates.FORMATS`.

    Args:
        raw_columns: list of `RawColumn`.
        columns: as for `raw`.
    """
    forms = {}
    for column in raw_columns:
        type_ = (columns or {}).get(column.name)
        if column.numbers is None and (type_ or fit_columns.type_of(column)) == "date":
            forms[column.name] = dates.likeliest_form(column.used()[:1000])
    return forms


def plain(raw_columns, forms=None):
    """Dict from a column's name to float64 (n,), or to texts, object (n,).

    Args:
        raw_columns: list of `RawColumn`.
        forms: of `date_forms`. Defaults to what these columns say. A column that holds something
            else, too, stays texts.
    """
    forms = date_forms(raw_columns) if forms is None else forms
    return {column.name: _plain(column, forms.get(column.name)) for column in raw_columns}


def read(data, *, split="train", columns=None):
    """Both at once: the columns of a table as scores take them; arguments as of `raw`."""
    found = raw(data, split=split, columns=columns)
    return plain(found, date_forms(found, columns))


def _plain(column, form):
    if column.numbers is not None:
        return column.numbers / dates.DAY if column.type == "date" else column.numbers
    days = None if form is None else _days(column, form)
    if days is not None:
        return days
    return np.array([*column.texts, MISSING], object)[column.ids]  # -1, the last, is missing


def _days(column, form):
    """Dates as days since 1970, NaN where missing; None if a text is no such date."""
    seconds = np.full(len(column.texts) + 1, np.nan)
    for place in np.unique(column.ids[column.ids >= 0]):
        parsed = dates.parse(column.texts[place], form)
        if parsed is None:
            return None
        seconds[place] = parsed
    return seconds[column.ids] / dates.DAY

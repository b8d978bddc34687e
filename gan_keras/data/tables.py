"""Tables as sources: files of rows, dicts of columns, data frames."""

import dataclasses
import pathlib

import numpy as np

from gan_keras.data import table_file
from gan_keras.data.source import Source
from gan_keras.kinds.columns import SORTS
from gan_keras.kinds.fit_columns import MIN_ROWS
from gan_keras.kinds.mode_table import ModeTable
from gan_keras.kinds.raw_column import RawColumn
from gan_keras.kinds.table import Table
from gan_keras.spelling import nearest

ENCODINGS = {"bins": Table, "modes": ModeTable}
FITTING = {
    "bins": ("min_rows", "max_bins", "max_values", "max_categories"),
    "modes": ("min_rows", "max_modes", "max_categories"),
}
ARGUMENTS = ("columns", "drop", "schema", "encoding", *FITTING["bins"], "max_modes")


def is_table(data):
    """Whether `data` is a path to a table, a dict of columns, or a data frame."""
    if isinstance(data, (str, pathlib.Path)):
        return table_file.is_table_file(data) or pathlib.Path(data).suffix.lower() == ".parquet"
    return isinstance(data, dict) or is_frame(data)


def is_frame(data):
    """Whether it is a pandas DataFrame, without importing pandas."""
    return hasattr(data, "columns") and hasattr(data, "iloc")


def table(
    data,
    *,
    columns=None,
    drop=(),
    schema=None,
    encoding=None,
    split="train",
    name=None,
    rows=None,
    fit_rows=None,
    **fitting,
):
    """A source of rows of a table.

    Args:
        data: a path to a .csv or .tsv (also .gz and .xz) or a .parquet; a dict from a column's name
            to its values; or a pandas DataFrame.
        columns: dict from a column's name to its type, where it is not to be inferred: "category",
            "boolean", "number" or "date".
        drop: names of columns to leave out.
        schema: a `kinds.Table` that was fitted before, such as `model.kind`. Defaults to None: one
            is fitted to these data.
        encoding: what numbers become: "bins" (the default; a `kinds.Table`) or "modes" (a
            `kinds.ModeTable`, for CTGAN). A schema has one already.
        split: only "train".
        name: what messages call it. Defaults to the path.
        rows: a slice of the rows that are taken. Defaults to all of them.
        fit_rows: a slice of the rows that the schema is fitted to. Defaults to those taken.
        fitting: `min_rows`, `max_categories`, and for bins `max_bins`, `max_values`, for modes
            `max_modes`; see `fit_columns.fit`.

    Raises:
        ValueError: the table can't be read, or an argument names a column that it lacks.
    """
    name = name or (str(data) if isinstance(data, (str, pathlib.Path)) else "table")
    if split != "train":
        raise ValueError(
            f"'{name}' has no '{split}' split. Hold some rows out: source(...).split(0.1)."
        )
    columns = dict(columns or {})
    drop = [drop] if isinstance(drop, str) else list(drop)
    for column, type_ in columns.items():
        if type_ not in SORTS:
            raise ValueError(f"Unknown type '{type_}' of '{column}'.{nearest(type_, SORTS)}")
    if encoding is not None and encoding not in ENCODINGS:
        raise ValueError(f"Unknown encoding '{encoding}'.{nearest(encoding, ENCODINGS)}")
    for argument in fitting:
        if argument not in FITTING[encoding or "bins"]:
            raise ValueError(f"`{argument}` is not for the encoding '{encoding or 'bins'}'.")
    if schema is not None:
        columns = {column.name: column.type for column in schema.columns}
    raw = read(data, columns=columns, drop=drop)
    held = [column.name for column in raw]
    for column in () if schema is not None else columns:
        if column not in held:
            raise ValueError(f"'{name}' has no column '{column}'.{nearest(column, held)}")
    min_rows = fitting.get("min_rows", MIN_ROWS)
    if schema is None and len(raw[0]) < min_rows:
        raise ValueError(
            f"'{name}' has {len(raw[0])} rows, fewer than the {min_rows} that a value must have to "
            "be kept. Give more rows, or a smaller `min_rows`."
        )
    rows = rows or slice(None)
    if schema is None:
        seen = [part(column, fit_rows or rows) for column in raw]
        schema = ENCODINGS[encoding or "bins"].fit(seen, types=columns, **fitting)
    return Source(
        name=name,
        samples=schema.encode([part(column, rows) for column in raw]),
        kind=schema,
        sampled_by=schema.discrete if isinstance(schema, ModeTable) else (),
    )


def read(data, *, columns=None, drop=()):
    """List of `RawColumn`s of whatever holds a table; arguments as for `table`.

    Raises:
        ValueError: it can't be read, or `drop` names a column that is not there.
        ImportError: Parquet without the extra `tables`.
    """
    if isinstance(data, (str, pathlib.Path)):
        if not pathlib.Path(data).is_file():
            raise ValueError(f"No table '{data}'. Give the path of a .csv, .tsv or .parquet.")
        if pathlib.Path(data).suffix.lower() != ".parquet":
            texts = [n for n, t in (columns or {}).items() if t in ("category", "boolean", "date")]
            found = table_file.read(data, texts=texts, drop=drop)
            _check_dropped(drop, table_file.names(data))
            return found
        data = _parquet(data)
    names = [str(name) for name in (data.columns if is_frame(data) else data)]
    _check_dropped(drop, names)
    if doubled := [name for name in names if names.count(name) > 1]:
        raise ValueError(f"The table has two columns called '{doubled[0]}'. Rename one.")
    kept = [name for name in names if name not in drop]
    if not kept:
        raise ValueError("The table has no column left. Give one at least.")
    sides = {str(name): data[name] for name in (data.columns if is_frame(data) else data)}
    types = columns or {}
    found = [from_array(name, sides[name], types.get(name)) for name in kept]
    lengths = {column.name: len(column) for column in found}
    if len(set(lengths.values())) > 1:
        one, other = min(lengths, key=lengths.get), max(lengths, key=lengths.get)
        raise ValueError(
            f"Column '{one}' has {lengths[one]} values, but '{other}' has {lengths[other]}. Give "
            "columns of one length."
        )
    if not len(found[0]):
        raise ValueError("The table has no rows. Give some.")
    return found


def from_array(name, values, type_=None):
    """A `RawColumn` of an array, a list or a pandas Series; arguments as of the column."""
    array = values if isinstance(values, np.ndarray) else np.asarray(values)
    if array.ndim != 1:
        raise ValueError(f"Column '{name}' has shape {array.shape}, but must be (n,).")
    wants_texts = type_ in ("category", "boolean")
    if array.dtype.kind == "M":
        seconds = array.astype("datetime64[s]").astype("int64").astype(float)
        seconds[np.isnat(array)] = np.nan
        return RawColumn(name=name, numbers=seconds, type="date")
    if array.dtype.kind in "iuf" and not wants_texts:
        return RawColumn(name=name, numbers=array.astype(float))
    if array.dtype.kind == "O" and not wants_texts:
        numbers = _numbers(array)
        if numbers is not None:
            return RawColumn(name=name, numbers=numbers)
    ids, places = {}, np.empty(len(array), "int32")
    for place, value in enumerate(array.tolist()):
        if value is None or value != value:  # NaN and pandas's NaT
            places[place] = -1
        else:
            places[place] = ids.setdefault(str(value), len(ids))
    return RawColumn(name=name, ids=places, texts=list(ids))


def part(raw, rows):
    """Some rows of a `RawColumn`: those of a slice."""
    if raw.numbers is not None:
        return dataclasses.replace(raw, numbers=raw.numbers[rows])
    return dataclasses.replace(raw, ids=raw.ids[rows])


def _numbers(array):
    """Floats of an array of objects that are all numbers or missing; else None."""
    found = np.empty(len(array))
    for place, value in enumerate(array.tolist()):
        if value is None or value != value:
            found[place] = np.nan
        elif isinstance(value, bool) or not isinstance(value, (int, float)):
            return None
        else:
            found[place] = value
    return None if np.isnan(found).all() else found


def _parquet(path):
    try:
        import pandas
        import pyarrow  # noqa: F401  (pandas reads by it)
    except ImportError:
        raise ImportError(
            "Parquet wants pandas and pyarrow: pip install 'gan-keras[tables]'."
        ) from None
    try:
        return pandas.read_parquet(path)
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ValueError(f"'{path}' can't be read ({reason}). Give a whole .parquet.") from None


def _check_dropped(drop, names):
    for name in drop:
        if name not in names:
            raise ValueError(f"No column '{name}' to drop.{nearest(name, names)}")

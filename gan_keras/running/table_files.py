"""Tables in files, as scores take them: columns of numbers and of text."""

import collections
import csv
import gzip
import lzma
import zlib
from pathlib import Path

import numpy as np

from gan_keras.metrics.tables import columns

SUFFIXES = (".csv", ".tsv", ".parquet")
OPENERS = {".gz": gzip.open, ".xz": lzma.open}
MISSING = frozenset(("", "?", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "none"))


def is_table(path):
    """Whether a path's name is that of a table."""
    return _suffix(path) in SUFFIXES


def read(path):
    """A table as a dict from name to float64 numbers or text; dates become days since 1970.

    Args:
        path: of a .csv or .tsv, also .gz and .xz, or of a .parquet.

    Raises:
        ValueError: it is not there, empty, ragged, without rows, or not UTF-8.
        ImportError: Parquet without the extra `tables`.
    """
    if not Path(path).is_file():
        raise ValueError(f"There is no table '{path}'. Give the path of a .csv, .tsv or .parquet.")
    if _suffix(path) == ".parquet":
        return columns.columns(_parquet(path), f"'{path}'")
    opener = OPENERS.get(Path(path).suffix.lower(), open)
    try:
        with opener(path, "rt", encoding="utf-8-sig", newline="") as file:
            delimiter = "\t" if _suffix(path) == ".tsv" else ","
            return _columns(path, csv.reader(file, delimiter=delimiter, skipinitialspace=True))
    except UnicodeDecodeError as error:
        raise ValueError(f"'{path}' is not UTF-8 ({error.reason}). Save it as UTF-8.") from None
    except (OSError, EOFError, zlib.error, lzma.LZMAError, csv.Error) as error:
        raise ValueError(f"'{path}' can't be read ({error}). Give a whole file.") from None


def _columns(path, lines):
    names = [name.strip() for name in next(lines, [])]
    if not names:
        raise ValueError(f"'{path}' is empty. Give a table with a header and rows.")
    for name, num in collections.Counter(names).items():
        if num > 1:
            raise ValueError(f"'{path}' has two columns called '{name}'. Rename one.")
    found = []
    for row in lines:
        if len(row) == len(names):
            found.append(row)
        elif row:
            raise ValueError(
                f"'{path}', line {lines.line_num}: {len(row)} values, but the header has "
                f"{len(names)} names. Mend that line."
            )
    if not found:
        raise ValueError(f"'{path}' has a header, but no rows. Give a table with rows.")
    return {
        name: _column(values) for name, values in zip(names, zip(*found, strict=True), strict=True)
    }


def _column(values):
    texts = [value.strip() for value in values]
    texts = [columns.MISSING if text in MISSING else text for text in texts]
    try:
        return np.array([columns.as_number(text) for text in texts])
    except ValueError:
        return np.array(texts, object)


def _parquet(path):
    try:
        from pyarrow import parquet
    except ImportError as error:
        raise ImportError(
            'Parquet files take pyarrow. Run: pip install "gan-keras[tables]"'
        ) from error
    return parquet.read_table(path).to_pandas()


def _suffix(path):
    path = Path(path)
    if path.suffix.lower() in OPENERS:
        path = path.with_suffix("")
    return path.suffix.lower()

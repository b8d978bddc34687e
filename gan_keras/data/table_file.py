"""Tables in text files, .csv and .tsv, also .gz and .xz, read a block of lines at a time."""

import codecs
import collections
import csv
import gzip
import itertools
import lzma
import pathlib
import zlib

import numpy as np

from gan_keras.kinds import dates
from gan_keras.kinds.raw_column import RawColumn

SUFFIXES = (".csv", ".tsv")
OPENERS = {".gz": gzip.open, ".xz": lzma.open}
MISSING = frozenset(("", "?", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "none"))
LINES = 50_000  # read at a time
LONGEST = 100_000  # characters of a value


def is_table_file(path):
    """Whether a path's name is that of a text file of rows."""
    return inner_suffix(path) in SUFFIXES


def inner_suffix(path):
    """.csv of "a.csv" and of "a.csv.gz"."""
    path = pathlib.Path(path)
    if path.suffix.lower() in OPENERS:
        path = path.with_suffix("")
    return path.suffix.lower()


def read(path, *, texts=(), drop=()):
    """The columns of a file with a header: list of `RawColumn`, numbers wherever all are numbers.

    The file is read once, and again if a column turns out to hold texts after its first lines.

    Args:
        path: of the file.
        texts: names of columns that are read as texts, whatever they look like.
        drop: names of columns that are left out.

    Raises:
        ValueError: the file is empty, ragged, has no header or two columns of one name, or is not
            UTF-8; in one line, with the number of the line.
    """
    texts = set(texts)
    while True:
        found, turned = _read_once(path, texts, set(drop))
        if not turned:
            _check_header(path, found)
            return found
        texts |= turned


def names(path):
    """What the header calls the columns."""
    with _opened(path) as file:
        delimiter = "\t" if inner_suffix(path) == ".tsv" else ","
        lines = csv.reader(file, delimiter=delimiter, skipinitialspace=True)
        return _header(path, next(lines, None))


def _read_once(path, texts, drop):
    """The columns, or those that must be read as texts."""
    with _opened(path) as file:
        try:
            lines = csv.reader(
                file,
                delimiter="\t" if inner_suffix(path) == ".tsv" else ",",
                skipinitialspace=True,
            )
            header = _header(path, next(lines, None))
            readers = {
                name: _Reader(path, name, as_texts=name in texts)
                for name in header
                if name not in drop
            }
            num_rows = 0
            while rows := [(row, lines.line_num) for row in itertools.islice(lines, LINES)]:
                whole, numbers = _whole(path, rows, len(header))
                for name, values in zip(header, zip(*whole, strict=True), strict=False):
                    if name in readers:
                        readers[name].add(values, numbers)
                num_rows += len(whole)
        except UnicodeDecodeError as error:
            raise ValueError(
                f"'{path}' is not UTF-8 ({error.reason} at byte {error.start} of a block). Save it "
                f"as UTF-8: iconv -f {_likely_encoding(path)} -t utf-8."
            ) from None
        except (OSError, EOFError, zlib.error, lzma.LZMAError) as error:
            raise ValueError(f"'{path}' can't be read ({error}). Give a whole file.") from None
        except csv.Error as error:
            raise ValueError(f"'{path}', line {lines.line_num}: {error}. Mend that line.") from None
    if not num_rows:
        raise ValueError(f"'{path}' has a header, but no rows. Give a table with rows.")
    if not readers:
        raise ValueError(f"'{path}' has no column left: all of them are dropped. Keep one.")
    turned = {name for name, reader in readers.items() if reader.turned}
    return [reader.column() for reader in readers.values()] if not turned else None, turned


def _opened(path):
    opener = OPENERS.get(pathlib.Path(path).suffix.lower(), open)
    return opener(path, "rt", encoding="utf-8-sig", newline="")


def _header(path, names):
    if not names:
        raise ValueError(f"'{path}' is empty. Give a table with a header and rows.")
    names = [name.strip() for name in names]
    if doubled := [name for name, num in collections.Counter(names).items() if num > 1]:
        what = f"two columns called '{doubled[0]}'" if doubled[0] else "columns without a name"
        raise ValueError(f"'{path}' has {what}. Give each column a name of its own.")
    if len(names) == 1:
        for sign, cure in ((";", "Save it with commas"), ("\t", "Call it .tsv")):
            if sign in names[0]:
                raise ValueError(
                    f"'{path}' has a single column, '{names[0][:40]}': its values are separated "
                    f"by {sign!r}. {cure}."
                )
    if "" in names:
        raise ValueError(f"'{path}': column {names.index('') + 1} has no name. Give it one.")
    if all(_is_number(name) for name in names):
        raise ValueError(_without_header(path, names))
    return names


def _check_header(path, columns):
    """Refuses a first line that is one of the rows: each name is such a value as its column has.

    Texts tell only by a value that comes again, so a number or a date must be there, too.
    """
    names = [column.name for column in columns]
    told = any(_is_number(name) or dates.form_of([name]) for name in names)
    if told and all(_could_be_value(column) for column in columns):
        raise ValueError(_without_header(path, names))


def _could_be_value(column):
    if column.numbers is not None:
        return _is_number(column.name)
    if column.name in column.texts:
        return True
    return bool(dates.form_of([column.name]) and dates.form_of(column.texts[:100]))


def _without_header(path, names):
    return (
        f"'{path}' has no header: its first line is {', '.join(names[:3])}, ... Put the names "
        "of the columns there."
    )


def _likely_encoding(path):
    """What a file that is not UTF-8 is written in: one of Excel's with a mark, or Latin 1."""
    with OPENERS.get(pathlib.Path(path).suffix.lower(), open)(path, "rb") as file:
        is_utf16 = file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    return "utf-16" if is_utf16 else "latin1"


def _whole(path, rows, num_columns):
    """Rows without empty lines, and the number of each one's last line; an error for a ragged one.

    Args:
        path: of the file.
        rows: list of (values, number of the line).
        num_columns: how many values a row has.
    """
    whole, numbers = [], []
    for row, number in rows:
        if len(row) == num_columns:
            whole.append(row)
            numbers.append(number)
        elif row:
            raise ValueError(
                f"'{path}', line {number}: {len(row)} values, but "
                f"the header has {num_columns} names. Mend that line, or quote values with commas."
            )
    return whole, numbers


def _is_number(text):
    try:
        float(text)
    except ValueError:
        return False
    return True


class _Reader:
    """One column while its file is read: numbers as long as it can be, else texts."""

    def __init__(self, path, name, as_texts):
        self.path, self.name, self.as_texts = path, name, as_texts
        self.turned = False
        self.parts = []
        self.ids = {}
        self.missing = collections.Counter()
        self.has_numbers = False

    def add(self, values, numbers):
        """Takes the values of some rows, and the numbers of their lines."""
        if self.turned:
            return
        if not self.as_texts and not self._add_numbers(values, numbers):
            if self.has_numbers:
                self.turned = True  # what the earlier lines said is gone
                return
            self.as_texts, held = True, sum(map(len, self.parts))
            self.parts = [np.full(held, -1, "int32")]  # all of them were missing
        if self.as_texts:
            self._add_texts(values)

    def column(self):
        """The column."""
        missing = self.missing.most_common(1)[0][0] if self.missing else ""
        if self.as_texts:
            ids = np.concatenate(self.parts)
            return RawColumn(name=self.name, ids=ids, texts=list(self.ids), missing=missing)
        return RawColumn(name=self.name, numbers=np.concatenate(self.parts), missing=missing)

    def _add_numbers(self, values, numbers):
        try:
            found = np.array(values, float)
        except ValueError:
            values = [value.strip() for value in values]
            holes = [value for value in values if value in MISSING]
            try:
                found = np.array([v if v not in MISSING else "nan" for v in values], float)
            except ValueError:
                return False
            self.missing.update(holes)
        else:
            if np.isnan(found).any():
                self.missing.update(v.strip() for v in values if v.strip() in MISSING)
        if np.isinf(found).any():
            raise ValueError(
                f"'{self.path}', line {numbers[int(np.argmax(np.isinf(found)))]}: column "
                f"'{self.name}' holds an infinite number. Mend or remove that line."
            )
        self.has_numbers |= not np.isnan(found).all()
        self.parts.append(found)
        return True

    def _add_texts(self, values):
        ids, found = self.ids, np.empty(len(values), "int32")
        for place, value in enumerate(values):
            value = value.strip()
            if value in MISSING:
                self.missing[value] += 1
                found[place] = -1
            else:
                found[place] = ids.setdefault(value, len(ids))
        self.parts.append(found)

"""What all kinds of rows of tables share: columns, their names, files, pictures, wishes."""

import csv
import dataclasses
import gzip
import lzma
from typing import ClassVar

import numpy as np

from gan_keras import files, images
from gan_keras.kinds import columns as column_sorts
from gan_keras.kinds import fit_columns, kind
from gan_keras.kinds.table_picture import table_picture
from gan_keras.kinds.where import Where
from gan_keras.spelling import nearest

OPENERS = {".gz": gzip.open, ".xz": lzma.open}


@dataclasses.dataclass(kw_only=True)
class Tabular(kind.Kind):
    """Base of the kinds of rows of a table: abstract.

    A row is stored as numbers, of which the first (columns,) are the block of each column.

    Args:
        shape: (width,) of a row as networks take it. Defaults to what the columns say.
        columns: the columns, or their configs, in order; see `columns.Column`.
    """

    unit: ClassVar[str] = "rows"
    num_shown: ClassVar[int] = 2000
    num_at_once: ClassVar[int] = 4096
    sampled_by_graph: ClassVar[bool] = True
    walks: ClassVar[bool] = False
    formats: ClassVar[dict] = {
        ".csv": "write_csv",
        ".tsv": "write_csv",
        ".gz": "write_csv",
        ".xz": "write_csv",
        ".parquet": "write_parquet",
        ".png": "write_picture",
    }
    columns: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        self.columns = [column_sorts.of(column) for column in self.columns]
        names = [column.name for column in self.columns]
        if not names:
            raise ValueError("A table has no columns. Give at least one.")
        if doubled := [name for name in names if names.count(name) > 1]:
            raise ValueError(f"Two columns are called '{doubled[0]}'. Rename one.")
        self.shape = (sum(self.blocks),)

    @property
    def blocks(self):
        """How many blocks each column has: a tuple."""
        return tuple(column.size for column in self.columns)

    @property
    def column_names(self):
        """Names of the columns, in order."""
        return [column.name for column in self.columns]

    def get_config(self):
        """As of all kinds; columns as plain dicts."""
        return {"shape": self.shape, "columns": [column.config() for column in self.columns]}

    def in_page(self):
        """What a page's script must know to make rows of a network's numbers: a dict for JSON.

        `num_places` numbers come before the columns' units; `frequencies` say how often the data
        have each block of the columns that CTGAN is told of, by their place; None elsewhere.
        """
        columns = [column.in_page() for column in self.columns]
        return {"columns": columns, "num_places": 0, "frequencies": None}

    def fingerprint(self):
        """The schema: equal codes of two schemas are different data."""
        return repr(self.get_config())

    def summary(self):
        """The schema, a line a column."""
        names = [*self.column_names, "column"]
        width = min(40, max(map(len, names)))
        lines = [
            f"  {column.name:<{width}}  {column.type:<8}  {column.summary()}"
            for column in self.columns
        ]
        return [f"schema         {len(lines)} columns, {self.shape[0]} blocks", *lines]

    def remarks(self):
        """A line for each column that is constant or missing throughout, or has rare values."""
        return [
            f"Column '{column.name}': {column.summary()}."
            for column in self.columns
            if column.is_constant or getattr(column, "num_rare", 0)
        ]

    # ------------------------------------------------------------- in and out

    def codes(self, rows):
        """The blocks of rows that are stored: int (n, columns)."""
        return np.asarray(rows)

    def encode(self, raw_columns):
        """Rows as they are stored, of `RawColumn`s of these names, in any order.

        Raises:
            ValueError: a column is missing or too many, or holds what the schema can't.
        """
        given = {raw.name: raw for raw in raw_columns}
        for name in self.column_names:
            if name not in given:
                raise ValueError(f"The table lacks the column '{name}'.{nearest(name, given)}")
        if extra := [name for name in given if name not in self.column_names]:
            raise ValueError(
                f"The table has a column '{extra[0]}' that the schema does not know. Drop it: "
                f"--drop {extra[0]}."
            )
        return self._encoded(
            [fit_columns.parsed(given[column.name], column) for column in self.columns]
        )

    def decode(self, rows, seed=0):
        """Columns of values, in types of their own: dict from name to array (n,).

        Args:
            rows: (n, ...), as they are stored.
            seed: of the places within bins. Defaults to 0.

        Returns:
            Texts as objects (None where missing), integers as int64 (float64 with NaN where some
            can be missing), decimals as float64, dates as datetime64, booleans as bool.
        """
        rows = np.asarray(rows)
        return {
            column.name: column.decode(self._of(rows, index), np.random.default_rng((seed, index)))
            for index, column in enumerate(self.columns)
        }

    def texts(self, rows, seed=0):
        """The same as the table's file writes it: a list of texts for each column."""
        rows = np.asarray(rows)
        return [
            column.write(self._of(rows, index), np.random.default_rng((seed, index)))
            for index, column in enumerate(self.columns)
        ]

    def scored_columns(self, rows, seed=0):
        """Columns as scores take them: numbers, dates, and texts as the table's file writes them.

        Arguments as in `decode`. Returns a dict from name to float64, datetime64 or object (n,).
        """
        values, texts = self.decode(rows, seed), self.texts(rows, seed)
        found = {}
        for index, column in enumerate(self.columns):
            found[column.name] = values[column.name]
            if isinstance(column, column_sorts.Texts):
                words = np.array([*texts[index], ""], object)[:-1]
                if column.missing is not None:
                    words[self.codes(rows)[:, index] == column.size - 1] = ""
                found[column.name] = words
        return found

    # ------------------------------------------------------------- conditions

    def where(self, wishes):
        """As in `Kind`: the blocks that columns may have.

        Args:
            wishes: dict from a column's name to what it is to be: a value, "" for a missing one,
                or "LOW..HIGH" for numbers and dates between two, of which one may be left out.

        Raises:
            ValueError: an unknown column or value; the nearest is named.
        """
        found = {}
        for name, text in wishes.items():
            if name not in self.column_names:
                raise ValueError(
                    f"The table has no column '{name}'.{nearest(name, self.column_names)}"
                )
            place = self.column_names.index(name)
            found[place] = self.columns[place].block(_as_text(text))
        return self._where(found)

    # ------------------------------------------------------------- pictures and files

    def picture(self, samples, *, columns=None, real=None, class_names=None):
        """Marginals and pairs of columns, generated beside real."""
        return table_picture(self, self.codes(samples), None if real is None else self.codes(real))

    def write_csv(self, path, samples, labels, **look):
        """A header and a line a row; .tsv has tabs between, .gz and .xz are compressed."""
        opened = OPENERS.get(path.suffix, open)
        inner = path.with_suffix("").suffix if path.suffix in OPENERS else path.suffix
        with files.replacing(path) as temporary:
            self._write_rows(opened, temporary, "\t" if inner == ".tsv" else ",", samples)

    def _write_rows(self, opened, path, delimiter, samples):
        with opened(path, "wt", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            writer.writerow(self.column_names)
            writer.writerows(zip(*self.texts(samples), strict=True))

    def write_parquet(self, path, samples, labels, **look):
        """A Parquet file with types; wants the extra `tables`."""
        frame = self.to_pandas(samples)
        with files.replacing(path) as temporary:
            frame.to_parquet(temporary, index=False)

    def write_picture(self, path, samples, labels, *, mark, **look):
        """A PNG of the picture."""
        images.save_png(path, self.picture(samples), mark=mark)

    def to_pandas(self, rows, seed=0):
        """Rows as a `pandas.DataFrame`.

        Raises:
            ImportError: pandas is not there.
        """
        try:
            import pandas
        except ImportError:
            raise ImportError(
                "Data frames and Parquet want pandas and pyarrow: pip install 'gan-keras[tables]'."
            ) from None
        return pandas.DataFrame(self.decode(rows, seed))

    def _of(self, rows, index):
        """What a column decodes: its blocks, (n,)."""
        return self.codes(rows)[:, index]

    def _encoded(self, raw_columns):
        """Rows of `RawColumn`s in the order of the columns."""
        raise NotImplementedError(f"{type(self).__name__} has no `_encoded` method.")

    def _where(self, allowed):
        """Wishes for rows: dict from a column's place to the blocks that it may have."""
        return Where(blocks=self.blocks, allowed=allowed)


def _as_text(wish):
    """What a wish is on a command line."""
    if wish is None:
        return ""
    return wish if isinstance(wish, str) else str(wish)

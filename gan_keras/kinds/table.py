"""Rows of a table: columns of several types, each a choice among blocks."""

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
from gan_keras.serialization import register
from gan_keras.spelling import nearest

OPENERS = {".gz": gzip.open, ".xz": lzma.open}


@register
@dataclasses.dataclass(kw_only=True)
class Table(kind.Kind):
    """Rows of a table, with the schema that was fitted to some.

    A row is stored as int32 (columns,): for each column the number of its block, which is one
    frequent value, one bin of numbers, a pool of texts, or "missing". Networks take and give one
    one-hot vector a column, all of them in one row (width,). Decoding draws the place within a bin
    from a fixed stream.

    The schema holds no text and no number that stands in fewer than `min_rows` rows.

    Args:
        shape: (width,), how many blocks all columns have. Defaults to what the columns say.
        columns: the columns, or their configs, in order; see `columns.Column`.

    Example:

        kind = Table.fit(raw_columns)
        codes = kind.encode(raw_columns)
        kind.decode(codes)["age"]
    """

    name: ClassVar[str] = "table"
    num_shown: ClassVar[int] = 2000
    num_at_once: ClassVar[int] = 4096
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

    @classmethod
    def fit(cls, raw_columns, *, types=None, **arguments):
        """The kind of some data.

        Args:
            raw_columns: list of `RawColumn`.
            types: dict from a column's name to its type, where it is not to be inferred.
            arguments: of `fit_columns.fit`: `min_rows`, `max_bins`, `max_values`, `max_categories`.

        Raises:
            ValueError: a column that is not of its type.
        """
        types = types or {}
        return cls(
            columns=[fit_columns.fit(raw, types.get(raw.name), **arguments) for raw in raw_columns]
        )

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

    def network_arguments(self):
        """Which units belong together, and how long a condition is."""
        return {
            "blocks": self.blocks,
            "condition_size": self.shape[0] + len(self.columns),
        }

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

    # ------------------------------------------------------------- in and out

    def encode(self, raw_columns):
        """int32 (n, columns) of `RawColumn`s of these names, in any order.

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
        codes = [
            column.encode(fit_columns.parsed(given[column.name], column)) for column in self.columns
        ]
        return np.stack(codes, axis=1)

    def decode(self, codes, seed=0):
        """Columns of values, in types of their own: dict from name to array (n,).

        Args:
            codes: int (n, columns).
            seed: of the places within bins. Defaults to 0.

        Returns:
            Texts as objects (None where missing), integers as int64 (float64 with NaN where some
            can be missing), decimals as float64, dates as datetime64, booleans as bool.
        """
        codes = np.asarray(codes)
        return {
            column.name: column.decode(codes[:, index], np.random.default_rng((seed, index)))
            for index, column in enumerate(self.columns)
        }

    def texts(self, codes, seed=0):
        """The same as the table's file writes it: a list of texts for each column."""
        codes = np.asarray(codes)
        return [
            column.write(codes[:, index], np.random.default_rng((seed, index)))
            for index, column in enumerate(self.columns)
        ]

    def check(self, array, what):
        """int32 (n, columns) of numbers of blocks."""
        array = np.asarray(array)
        self._check_codes(array, f"'{what}'")
        return array.astype("int32", copy=False)

    def check_batch(self, batch, what):
        """Numbers of blocks, (n, columns)."""
        self._check_codes(np.asarray(batch), what)

    def to_network(self, stored):
        """One-hot rows, float32 (n, width); floats are such rows already."""
        if isinstance(stored, np.ndarray):
            if stored.dtype.kind == "f":
                return stored
            rows = np.zeros((len(stored), self.shape[0]), "float32")
            starts = np.cumsum((0, *self.blocks[:-1]))
            rows[np.arange(len(stored))[:, None], stored + starts] = 1.0
            return rows
        import tensorflow as tf

        if stored.dtype.is_floating:
            return stored
        return tf.concat(
            [tf.one_hot(stored[:, index], size) for index, size in enumerate(self.blocks)], axis=1
        )

    def from_network(self, samples):
        """int32 (n, columns): the largest unit of each column."""
        parts = np.split(np.asarray(samples), np.cumsum(self.blocks)[:-1], axis=1)
        return np.stack([part.argmax(axis=1) for part in parts], axis=1).astype("int32")

    # ------------------------------------------------------------- conditions

    def draw_condition(self, real, random):
        """The values of some columns, and which they are: float32 (batch, width + columns).

        Half of the rows have no column fixed; of each other row a random share is.
        """
        import tensorflow as tf

        num = tf.shape(real)[0]
        share = tf.nn.relu(random.uniform((num, 1), -1.0, 1.0))
        fixed = random.uniform((num, len(self.columns))) < share
        fixed = tf.cast(fixed, tf.float32)
        return tf.concat([real * tf.repeat(fixed, self.blocks, axis=1), fixed], axis=1)

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
        return Where(blocks=self.blocks, allowed=found)

    # ------------------------------------------------------------- pictures and files

    def picture(self, samples, *, columns=None, real=None):
        """Marginals and pairs of columns, generated beside real."""
        return table_picture(self, np.asarray(samples), real)

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

    def to_pandas(self, codes, seed=0):
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
        return pandas.DataFrame(self.decode(codes, seed))

    def _check_codes(self, array, what):
        if array.ndim != 2 or array.shape[1] != len(self.columns):
            raise ValueError(
                f"{what} gives rows of shape {array.shape[1:]}, but the table has "
                f"{len(self.columns)} columns. Give the numbers of their blocks: kind.encode(...)."
            )
        if array.dtype.kind not in "iu":
            raise ValueError(
                f"{what}: rows are {array.dtype}, but a table's are numbers of blocks, integers. "
                "Read the table by gan_keras.data.source(...)."
            )
        bad = (array < 0) | (array >= np.array(self.blocks))
        if bad.any():
            place = int(np.argmax(bad.any(axis=0)))
            raise ValueError(
                f"{what}: column '{self.column_names[place]}' has {self.blocks[place]} blocks, but "
                f"block {int(array[:, place][bad[:, place]][0])} came. Encode the table anew."
            )


def _as_text(wish):
    """What a wish is on a command line."""
    if wish is None:
        return ""
    return wish if isinstance(wish, str) else str(wish)

"""Rows of a table: columns of several types, each a choice among blocks."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras.kinds import fit_columns
from gan_keras.kinds.tabular import Tabular
from gan_keras.serialization import register

TOLD = 0.25
"""Share of training rows with fixed columns. A half cost rows without a wish more than it gave
others; docs/tables.md has the figures."""


@register
@dataclasses.dataclass(kw_only=True)
class Table(Tabular):
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

    def network_arguments(self):
        """Which units belong together, how they are ordered, and how long a condition is."""
        ranks = [column.ranks() for column in self.columns]
        return {
            "blocks": self.blocks,
            "ranks": ranks if any(map(any, ranks)) else None,
            "condition_size": self.shape[0] + len(self.columns),
        }

    def orders(self):
        """A list for each column: as in `Kind`. Frequent numbers are bins, too."""
        starts = np.cumsum((0, *self.blocks[:-1]))
        orders = [column.order() for column in self.columns]
        return [
            start + np.asarray(order) if len(order) > 1 else []
            for start, order in zip(starts, orders, strict=True)
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

        A `TOLD` share of the rows has columns fixed, a random share of them; the others have none.
        """
        import tensorflow as tf

        num = tf.shape(real)[0]
        share = tf.nn.relu(random.uniform((num, 1), 1.0 - 1.0 / TOLD, 1.0))
        fixed = random.uniform((num, len(self.columns))) < share
        fixed = tf.cast(fixed, tf.float32)
        # A product with 0 and 1: XLA refuses `tf.repeat` of columns by other numbers.
        widen = np.repeat(np.eye(len(self.columns), dtype="float32"), self.blocks, axis=1)
        return tf.concat([real * tf.matmul(fixed, widen), fixed], axis=1)

    def _encoded(self, raw_columns):
        pairs = zip(self.columns, raw_columns, strict=True)
        return np.stack([column.encode(raw) for column, raw in pairs], axis=1)

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

"""Rows of a table as CTGAN takes them: categories, and numbers as a mode and a place in it."""

import dataclasses
from typing import ClassVar

import numpy as np

from gan_keras.kinds import fit_columns, modes
from gan_keras.kinds.columns import Texts
from gan_keras.kinds.tabular import Tabular
from gan_keras.kinds.where import WhereOne
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class ModeTable(Tabular):
    """Rows of a table, numbers by mode-specific normalisation (Xu et al., 2019, arXiv:1907.00503).

    A row is stored as float32 (columns + columns of numbers,): the block of each column (a category
    or a mode), and for each column of numbers the place in its mode, in [-.99, .99]. Networks take
    and give (width,): the places, and then one one-hot vector a column.

    Of categories the same is kept as of a `Table`; of numbers the modes, each the mean and the
    deviation of `min_rows` rows at least.

    Args:
        shape: (width,). Defaults to what the columns say.
        columns: the columns, or their configs: `columns.Texts` and `modes.Modes`.
        frequencies: for each column of categories, how many rows have each block.
    """

    name: ClassVar[str] = "mode_table"
    frequencies: list = dataclasses.field(default_factory=list)

    def __post_init__(self):
        self.columns = [modes.of(column) for column in self.columns]
        super().__post_init__()
        self.shape = (len(self.numeric) + sum(self.blocks),)
        if self.columns and max(self.blocks) == 1:  # stored rows would look like the network's
            raise ValueError(
                "No column has more than one mode or value, which CTGAN has nothing to choose of. "
                "Take the recipe table (in Python, leave encoding='modes' out)."
            )

    @classmethod
    def fit(cls, raw_columns, *, types=None, max_modes=modes.MAX_MODES, **arguments):
        """The kind of some data.

        Args:
            raw_columns: list of `RawColumn`.
            types: dict from a column's name to its type, where it is not to be inferred.
            max_modes: of a column of numbers. Defaults to 10.
            arguments: of `fit_columns.fit`: `min_rows`, `max_categories`.

        Raises:
            ValueError: a column that is not of its type.
        """
        types, arguments = types or {}, {**arguments, "max_modes": max_modes}
        kind = cls(
            columns=[fit_columns.fit(raw, types.get(raw.name), **arguments) for raw in raw_columns]
        )
        for place in kind.discrete:
            column = kind.columns[place]
            counts = np.bincount(column.encode(raw_columns[place]), minlength=column.size)
            kind.frequencies.append(counts.tolist())
        return kind

    @property
    def discrete(self):
        """Places of the columns of categories: a tuple."""
        return tuple(i for i, column in enumerate(self.columns) if isinstance(column, Texts))

    @property
    def numeric(self):
        """Places of the columns of numbers: a tuple."""
        return tuple(i for i, column in enumerate(self.columns) if not isinstance(column, Texts))

    def get_config(self):
        """As of all kinds; columns as plain dicts."""
        return {**super().get_config(), "frequencies": self.frequencies}

    def network_arguments(self):
        """How many places there are, which units belong together, how long a condition is."""
        sizes = [self.blocks[place] for place in self.discrete]
        found = {"num_places": len(self.numeric), "blocks": self.blocks}
        return {**found, "condition_size": sum(sizes)} if sizes else found

    def in_page(self):
        """As in `Tabular`."""
        frequencies = dict(zip(self.discrete, self.frequencies, strict=True))
        return {
            **super().in_page(),
            "num_places": len(self.numeric),
            "frequencies": frequencies,
        }

    def codes(self, rows):
        """As in `Tabular`."""
        return np.asarray(rows)[:, : len(self.columns)].astype("int32")

    def check(self, array, what):
        """float32 (n, columns + columns of numbers): blocks, then places."""
        array = np.asarray(array)
        width = len(self.columns) + len(self.numeric)
        if array.ndim != 2 or array.shape[1] != width or array.dtype.kind != "f":
            raise ValueError(
                f"'{what}' gives {array.dtype} rows of shape {array.shape[1:]}, but the table has "
                f"{len(self.columns)} blocks and {len(self.numeric)} places, floats. Read it by "
                "gan_keras.data.source(..., encoding='modes')."
            )
        if not (np.abs(array[:, len(self.columns) :]) <= 1.0).all():
            raise ValueError(f"'{what}': places within modes lie in [-1, 1]. Encode it anew.")
        codes = self.codes(array)
        if ((codes < 0) | (codes >= np.array(self.blocks))).any():
            raise ValueError(f"'{what}': a column has fewer blocks than came. Encode it anew.")
        return array.astype("float32", copy=False)

    def check_batch(self, batch, what):
        """Rows as they are stored."""
        self.check(np.asarray(batch), what)

    def to_network(self, stored):
        """Places and one-hot vectors, float32 (n, width); such rows stay as they are."""
        import tensorflow as tf

        if stored.shape[-1] == self.shape[0]:
            return stored
        is_array, num = isinstance(stored, np.ndarray), len(self.columns)
        codes = tf.cast(stored[:, :num], tf.int32)
        parts = [tf.one_hot(codes[:, index], size) for index, size in enumerate(self.blocks)]
        rows = tf.concat([tf.cast(stored[:, num:], tf.float32), *parts], axis=1)
        return rows.numpy() if is_array else rows

    def from_network(self, samples):
        """Rows as they are stored: the largest unit of each column, and the places."""
        samples, num = np.asarray(samples), len(self.numeric)
        parts = np.split(samples[:, num:], np.cumsum(self.blocks)[:-1], axis=1)
        codes = np.stack([part.argmax(axis=1) for part in parts], axis=1)
        places = np.clip(samples[:, :num], -1.0, 1.0)
        return np.concatenate([codes.astype("float32"), places], axis=1)

    # ------------------------------------------------------------- conditions

    def draw_condition(self, real, random):
        """Nothing: what CTGAN is told comes with each row, see `condition_of`."""
        raise ValueError(
            "Rows of modes are told to CTGAN alone. Build both networks without `condition_size`: "
            "--set generator.condition_size=None --set discriminator.condition_size=None."
        )

    def condition_of(self, rows, column):
        """The category that rows have in one column each: float32 (batch, sum of categories).

        Args:
            rows: as networks take them, a tensor (batch, width).
            column: int32 (batch,), which of the columns of categories.
        """
        import tensorflow as tf

        starts = len(self.numeric) + np.cumsum((0, *self.blocks))
        parts = []
        for turn, place in enumerate(self.discrete):
            own = rows[:, starts[place] : starts[place + 1]]
            parts.append(own * tf.cast(column == turn, tf.float32)[:, None])
        return tf.concat(parts, axis=1)

    def usual_conditions(self, uniforms):
        """Categories as often as the data have them, of columns in turn by chance.

        Args:
            uniforms: (n, 2) in [0, 1): which column, and which of its categories.

        Returns:
            float32 (n, sum of categories).
        """
        sizes = [self.blocks[place] for place in self.discrete]
        starts = np.cumsum((0, *sizes))
        columns = np.minimum((uniforms[:, 0] * len(sizes)).astype(int), len(sizes) - 1)
        found = np.zeros((len(uniforms), starts[-1]), "float32")
        for turn, counts in enumerate(self.frequencies):
            own = np.flatnonzero(columns == turn)
            sums = np.cumsum(counts)
            drawn = np.searchsorted(sums, uniforms[own, 1] * sums[-1], side="right")
            found[own, starts[turn] + np.minimum(drawn, sizes[turn] - 1)] = 1.0
        return found

    # ------------------------------------------------------------- inside

    def _of(self, rows, index):
        codes = self.codes(rows)[:, index]
        if index in self.discrete:
            return codes
        return codes, np.asarray(rows)[:, len(self.columns) + self.numeric.index(index)]

    def _encoded(self, raw_columns):
        codes, places = [], []
        for column, raw in zip(self.columns, raw_columns, strict=True):
            codes.append(column.encode(raw))
            if not isinstance(column, Texts):
                places.append(column.places(raw, codes[-1]))
        return np.stack([*codes, *places], axis=1).astype("float32")

    def _where(self, allowed):
        return WhereOne(blocks=self.blocks, allowed=allowed, told=self.discrete)

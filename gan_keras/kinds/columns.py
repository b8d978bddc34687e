"""The columns of a table, each as a choice among numbered blocks, and back.

A block is one frequent value, one bin of numbers, a pool of texts, or "missing". What a column
knows is its config, which JSON holds.
"""

import dataclasses
import itertools
from typing import ClassVar

import numpy as np

from gan_keras.kinds import dates
from gan_keras.spelling import nearest

OTHER = "(other)"
"""What pooled rare texts become."""


@dataclasses.dataclass(kw_only=True)
class Column:
    """Base of the two sorts of column: abstract.

    Args:
        name: what the table calls it.
        type: "category" or "boolean"; "number" or "date".
        values: frequent values, each a block of its own.
        missing: how the table writes a missing value, which is then the last block; None if none
            is missing.
    """

    types: ClassVar[tuple] = ()
    name: str
    type: str
    values: list = dataclasses.field(default_factory=list)
    missing: str | None = None

    @property
    def size(self):
        """How many blocks there are."""
        return self._num_known() + (self.missing is not None)

    @property
    def is_constant(self):
        """Whether all rows are alike."""
        return self.size == 1

    def config(self):
        """A dict that JSON can hold."""
        return dataclasses.asdict(self)

    def encode(self, raw):
        """The block of every value: int32 (n,).

        Args:
            raw: a `RawColumn` of the same name.

        Raises:
            ValueError: it has values that this column can't hold.
        """
        holes = raw.is_missing()
        if holes.any() and self.missing is None:
            raise ValueError(
                f"Column '{self.name}' lacks {int(holes.sum())} values, but none was missing where "
                "the schema was fitted. Leave those rows out."
            )
        codes = np.full(len(raw), self.size - 1, "int32")
        if not holes.all():
            codes[~holes] = self._encode(raw, ~holes)
        return codes

    def decode(self, codes, random):
        """Values: an array of floats, integers, datetime64, booleans, or of texts and None.

        Args:
            codes: int (n,), blocks.
            random: a `numpy.random.Generator`, for the place within a bin or pool.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `decode` method.")

    def write(self, codes, random):
        """Values as the table's file writes them: a list of texts. Arguments as in `decode`."""
        raise NotImplementedError(f"{type(self).__name__} has no `write` method.")

    def labels(self):
        """What each block is called, for pictures and messages: a list of texts."""
        raise NotImplementedError(f"{type(self).__name__} has no `labels` method.")

    def in_page(self):
        """What a page's script must know to write values: a dict for JSON."""
        own = {"name": self.name, "labels": self.labels(), "missing": self.missing}
        return {**own, "pool": None, "bins": None, "modes": None}

    def ranks(self):
        """A rank for each block, of mean 0 and variance 1 over those that have one; else 0.

        Blocks of categories have none, so all are 0.
        """
        return [0.0] * self.size

    def order(self):
        """Its blocks in the order of their numbers, without that of missing ones; else none."""
        return []

    def block(self, text):
        """The blocks that a text on a command line means: a list of their numbers.

        Raises:
            ValueError: none; the nearest is named.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `block` method.")

    def summary(self):
        """What the column is, in a few words."""
        raise NotImplementedError(f"{type(self).__name__} has no `summary` method.")

    def _num_known(self):
        raise NotImplementedError

    def _encode(self, raw, known):
        raise NotImplementedError

    def _notes(self):
        notes = []
        if self.size == 1:
            notes.append("always missing (kept)" if self.missing is not None else "constant (kept)")
        elif self.missing is not None:
            notes.append("some missing")
        return notes


@dataclasses.dataclass(kw_only=True)
class Texts(Column):
    """A column of categories, or of two words for yes and no.

    Args:
        tail: frequent texts beyond those that have a block: they share one, and one of them is
            drawn when it is decoded.
        tail_weights: how often each of them came, in the order of `tail`.
        num_rare: how many distinct texts were too rare to be kept. They share a block, whose text
            is "(other)".
    """

    types: ClassVar[tuple] = ("category", "boolean")
    tail: list = dataclasses.field(default_factory=list)
    tail_weights: list = dataclasses.field(default_factory=list)
    num_rare: int = 0

    def _num_known(self):
        return len(self.values) + bool(self.tail) + bool(self.num_rare)

    def _encode(self, raw, known):
        places = {text: place for place, text in enumerate(self.values)}
        places |= dict.fromkeys(self.tail, len(self.values))
        other = self._num_known() - 1 if self.num_rare else None
        of_text = [places.get(text, other) for text in raw.texts]
        used = np.unique(raw.ids[known])
        for place in used:
            if of_text[place] is None:
                raise ValueError(
                    f"Column '{self.name}' holds '{raw.texts[place]}', which the schema does not "
                    "know, and it has no pool of rare values. Leave those rows out."
                )
        lookup = np.array([-1 if place is None else place for place in of_text], "int32")
        return lookup[raw.ids[known]]

    def decode(self, codes, random):
        """Texts and None; booleans as such where none is missing."""
        texts = self._texts(codes, random)
        if self.type == "boolean":
            if self.missing is None:
                return texts == self.values[1]
            found = np.full(len(codes), None, object)
            held = codes < len(self.values)
            found[held] = texts[held] == self.values[1]
            return found
        if self.missing is not None:
            texts[codes == self.size - 1] = None
        return texts

    def write(self, codes, random):
        """As in `Column`."""
        return self._texts(codes, random).tolist()

    def labels(self):
        """As in `Column`."""
        found = [*self.values]
        found += ["(further)"] if self.tail else []
        found += [OTHER] if self.num_rare else []
        return found + ["missing"] * (self.missing is not None)

    def in_page(self):
        """As in `Column`, with the texts that share a block."""
        found = super().in_page()
        if self.tail:
            weights = list(map(float, self.tail_weights))
            found["pool"] = {"block": len(self.values), "texts": self.tail, "weights": weights}
        return found

    def block(self, text):
        """The block of a value of its own; "" for a missing one."""
        labels = self.labels()
        if text in labels:
            return [labels.index(text)]
        if self.missing is not None and text in ("", self.missing):
            return [self.size - 1]
        if text in self.tail:
            raise ValueError(
                f"'{text}' of '{self.name}' shares a block with {len(self.tail) - 1} other values, "
                "so it can't be fixed. Train with a larger `max_categories`."
            )
        raise ValueError(f"Column '{self.name}' has no value '{text}'.{nearest(text, labels)}")

    def summary(self):
        """As in `Column`."""
        notes = [f"{len(self.values)} values" if len(self.values) != 1 else "1 value"]
        if self.tail:
            notes.append(f"{len(self.tail)} further ones in one pool")
        if self.num_rare:
            ones = "ones" if self.num_rare > 1 else "one"
            notes.append(f"{self.num_rare} rare {ones} pooled as '{OTHER}'")
        return ", ".join(notes + self._notes())

    def _texts(self, codes, random):
        labels = np.array([*self.labels(), None], object)[:-1]
        if self.missing is not None:
            labels[-1] = self.missing
        texts = labels[codes]
        pooled = codes == len(self.values)
        if self.tail and pooled.any():
            shares = np.array(self.tail_weights) / sum(self.tail_weights)
            drawn = random.choice(len(self.tail), int(pooled.sum()), p=shares)
            texts[pooled] = np.array(self.tail, object)[drawn]
        return texts


@dataclasses.dataclass(kw_only=True)
class Numeric(Column):
    """Base of the columns of numbers, and of dates as seconds since 1970: abstract.

    Args:
        step: distance of neighbouring numbers, 1 for integers, .01 for two decimals, in seconds
            for dates. None for numbers of any length.
        format: how dates are written, as for `strptime`; None for numbers.
    """

    types: ClassVar[tuple] = ("number", "date")
    step: float | None = None
    format: str | None = None

    @property
    def decimals(self):
        """Digits after the point, or None for as many as it takes."""
        return None if self.step is None else max(0, round(-np.log10(self.step)))

    def decode(self, codes, random):
        """Integers, floats (NaN where missing) or datetime64 (NaT)."""
        numbers = self._numbers(codes, random)
        if self.type == "date":
            return dates.to_datetime64(numbers)
        if self.step is not None and self.step >= 1 and self.missing is None:
            return numbers.astype("int64")
        return numbers

    def write(self, codes, random):
        """As in `Column`."""
        numbers = self._numbers(codes, random)
        missing = np.isnan(numbers)
        distinct, places = np.unique(np.where(missing, 0.0, numbers), return_inverse=True)
        texts = np.array(self._texts(distinct), object)[places]
        if self.missing is not None:
            texts[missing] = self.missing
        return texts.tolist()

    def _numbers(self, codes, random):
        """float64, NaN where missing."""
        raise NotImplementedError

    def _raw_numbers(self, raw, known):
        """The numbers of a `RawColumn` that are there."""
        if raw.numbers is None:
            raise ValueError(
                f"Column '{self.name}' holds texts, such as '{raw.texts[0]}', but numbers where "
                "the schema was fitted. Mend them, or leave those rows out."
            )
        return raw.numbers[known]

    def _rounded(self, numbers):
        if self.step is None:
            return numbers
        return np.round(np.round(numbers / self.step) * self.step, self.decimals)

    def _text(self, number):
        """One number as the table's file writes it."""
        return self._texts(np.array([number], float))[0]

    def _texts(self, numbers):
        """The same of float64 (n,): a list of texts. All are rounded at once, which is quick."""
        numbers = self._rounded(numbers).tolist()
        if self.format is not None:
            return [dates.write(number, self.format) for number in numbers]
        form = ".6g" if self.step is None else f".{self.decimals}f"
        return [format(number, form) for number in numbers]


@dataclasses.dataclass(kw_only=True)
class Numbers(Numeric):
    """A column of numbers, or of dates as seconds since 1970.

    Args:
        edges: of the bins, ascending, one more than there are bins; empty without bins.
        step, format: as for `Numeric`.
    """

    edges: list = dataclasses.field(default_factory=list)

    @property
    def num_bins(self):
        """How many bins there are."""
        return max(0, len(self.edges) - 1)

    def _num_known(self):
        return len(self.values) + self.num_bins

    def _encode(self, raw, known):
        numbers = self._raw_numbers(raw, known)
        codes = np.empty(len(numbers), "int32")
        own = np.zeros(len(numbers), bool)
        if self.values:
            order = np.argsort(self.values)
            ascending = np.array(self.values)[order]
            places = np.clip(np.searchsorted(ascending, numbers), 0, len(order) - 1)
            own = ascending[places] == numbers
            if not self.num_bins:  # a value that the schema lacks becomes its nearest one
                middles = (ascending[1:] + ascending[:-1]) / 2
                places, own = np.searchsorted(middles, numbers), np.ones(len(numbers), bool)
            codes[own] = order[places[own]]
        if self.num_bins:
            bins = np.searchsorted(self.edges, numbers[~own], side="right") - 1
            codes[~own] = len(self.values) + np.clip(bins, 0, self.num_bins - 1)
        return codes

    def labels(self):
        """As in `Column`."""
        found = [self._text(value) for value in self.values]
        found += [
            f"{self._text(low)} to {self._text(high)}"
            for low, high in itertools.pairwise(self.edges)
        ]
        return found + ["missing"] * (self.missing is not None)

    def ranks(self):
        """As in `Column`: equally far apart, in the order of their numbers; 0 for missing."""
        ranks = np.argsort(self.order()).astype("float64")
        ranks -= ranks.mean() if len(ranks) else 0.0
        spread = np.sqrt((ranks**2).mean()) if len(ranks) > 1 else 1.0
        return [*np.round(ranks / spread, 6).tolist(), *[0.0] * (self.missing is not None)]

    def order(self):
        """As in `Column`."""
        centres = [(low + high) / 2 for low, high in itertools.pairwise(self.edges)]
        return np.argsort([*self.values, *centres])

    def in_page(self):
        """As in `Column`, with the bins of numbers; dates are written as their bin."""
        found = super().in_page()
        if self.num_bins and self.format is None:
            found["bins"] = {
                "first": len(self.values),
                "edges": self.edges,
                "step": self.step,
                "decimals": self.decimals,
            }
        return found

    def block(self, text):
        """The block of a number or date; of "LOW..HIGH" all that lie between; "" for missing."""
        if self.missing is not None and text in ("", "missing", self.missing):
            return [self.size - 1]
        low, dots, high = text.partition("..")
        if not dots:
            return [self._block_of(self._number(low), text)]
        low = self._number(low) if low else -np.inf
        high = self._number(high) if high else np.inf
        if low > high:
            raise ValueError(f"'{text}' of '{self.name}' ends before it begins. Write LOW..HIGH.")
        inner = 0.0 if self.step is None else self.step / 2  # edges lie between possible numbers
        starts = [*self.values, *(edge + inner for edge in self.edges[:-1])]
        ends = [*self.values, *(edge - inner for edge in self.edges[1:])]
        slack = 1e-9 * max(1.0, *(abs(end) for end in ends))
        found = [
            place
            for place, (start, end) in enumerate(zip(starts, ends, strict=True))
            if low - slack <= start and end <= high + slack
        ]
        if not found:
            raise ValueError(
                f"No block of '{self.name}' lies within {text}. It has {self.summary()}. Take a "
                "wider range."
            )
        return found

    def _block_of(self, number, text):
        """The block of one number; a bin must hold no other number."""
        if number in self.values:
            return self.values.index(number)
        for place, (low, high) in enumerate(itertools.pairwise(self.edges)):
            if low <= number < high:
                if self.step is not None and high - low <= 1.5 * self.step:
                    return len(self.values) + place
                label = self.labels()[len(self.values) + place]
                raise ValueError(
                    f"'{text}' of '{self.name}' shares a bin with others, {label}. Fix a range: "
                    f"{self.name}=LOW..HIGH."
                )
        raise ValueError(f"Column '{self.name}' has no value {text}. It has {self.summary()}.")

    def summary(self):
        """As in `Column`."""
        notes = []
        if self.values:
            notes.append(f"{len(self.values)} frequent value{'s' * (len(self.values) > 1)}")
        if self.num_bins:
            notes.append(f"{self.num_bins} bin{'s' * (self.num_bins > 1)}")
        ends = [*self.values, *self.edges]
        if ends:
            notes.append(f"{self._text(min(ends))} to {self._text(max(ends))}")
        if self.type == "number" and self.step is not None:
            notes.append("integers" if self.step >= 1 else f"{self.decimals} decimals")
        return ", ".join(notes + self._notes())

    def _numbers(self, codes, random):
        """float64, NaN where missing."""
        places = random.random(len(codes))  # for every row: a row's place depends on it alone
        table = np.array([*self.values, *[np.nan] * (self.size - len(self.values))], float)
        numbers = table[codes]
        binned = (codes >= len(self.values)) & (codes < self._num_known())
        if binned.any():
            edges = np.array(self.edges)
            bins = codes[binned] - len(self.values)
            low, high = edges[bins], edges[bins + 1]
            numbers[binned] = self._between(low, high, places[binned])
        return numbers

    def _between(self, low, high, places):
        """Numbers in bins, on the grid of `step`, and none that has a block of its own."""
        found = self._rounded(low + (high - low) * places)
        if self.step is None or not self.values:
            return found
        for turn in range(1, 8):  # golden steps through the bin, until a number is free
            taken = np.isin(found, self.values)
            if not taken.any():
                break
            moved = (places[taken] + turn * 0.6180339887) % 1.0
            width = high[taken] - low[taken]
            found[taken] = self._rounded(low[taken] + width * moved)
        return found

    def _number(self, text):
        if self.format is not None:
            seconds = dates.parse(text, self.format)
            if seconds is None:
                example = dates.write(0, self.format)
                raise ValueError(f"'{text}' is no date of '{self.name}', such as {example}.")
            return seconds
        try:
            return float(text)
        except ValueError:
            raise ValueError(f"Column '{self.name}' holds numbers. Received: '{text}'.") from None


SORTS = {type_: sort for sort in (Texts, Numbers) for type_ in sort.types}
"""From a column's type to its class."""


def of(config):
    """A column from its config; a column as it is."""
    return config if isinstance(config, Column) else SORTS[config["type"]](**config)

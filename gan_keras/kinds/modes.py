"""A column of numbers as modes of a mixture, and the place within each mode (CTGAN)."""

import dataclasses
import zlib

import numpy as np

from gan_keras.kinds import mixture
from gan_keras.kinds.columns import Numeric, Texts

MAX_MODES = 10
WIDTH = 4.0  # standard deviations of a mode that its places span to each side
LARGEST = 0.99  # place


@dataclasses.dataclass(kw_only=True)
class Modes(Numeric):
    """A column of numbers, or of dates as seconds since 1970, of which each belongs to a mode.

    A number x of the mode (mean, std) has the place (x - mean) / (4 std), cut to +-.99 (Xu et al.,
    2019, arXiv:1907.00503, section 4.2).

    Args:
        weights, means, stds: of the modes, lists.
        low, high: ends to which decoded numbers are cut: means of some smallest and largest ones.
    """

    weights: list = dataclasses.field(default_factory=list)
    means: list = dataclasses.field(default_factory=list)
    stds: list = dataclasses.field(default_factory=list)
    low: float = -np.inf
    high: float = np.inf

    @property
    def is_constant(self):
        """Whether all rows have one number, or none has any."""
        return self.size == 1 and not self.low < self.high

    def _num_known(self):
        return len(self.means)

    def _encode(self, raw, known):
        """Modes, each drawn by the probability that the number came from it."""
        numbers = self._raw_numbers(raw, known)
        stds = np.array(self.stds)
        away = (numbers[:, None] - np.array(self.means)) / stds
        logs = np.log(self.weights) - np.log(stds) - 0.5 * away**2
        shares = np.exp(logs - logs.max(axis=1, keepdims=True))
        sums = shares.cumsum(axis=1)
        # Of each column its own: the same numbers would tie the modes of two columns together.
        random = np.random.default_rng([0, zlib.crc32(self.name.encode())])
        drawn = random.random((len(numbers), 1)) * sums[:, -1:]
        return (drawn >= sums).sum(axis=1).clip(0, len(stds) - 1).astype("int32")

    def places(self, raw, codes):
        """Where in its mode each number lies: float32 (n,), 0 where it is missing."""
        found, known = np.zeros(len(raw), "float32"), ~raw.is_missing()
        modes = codes[known]
        away = raw.numbers[known] - np.array(self.means)[modes]
        found[known] = np.clip(away / (WIDTH * np.array(self.stds)[modes]), -LARGEST, LARGEST)
        return found

    def _numbers(self, codes, random):
        """Of pairs (modes, places): float64, NaN where missing; nothing is drawn."""
        modes, places = codes
        known = modes < len(self.means)
        numbers = np.full(len(modes), np.nan)
        own = modes[known]
        found = np.array(self.means)[own] + WIDTH * np.array(self.stds)[own] * places[known]
        numbers[known] = self._rounded(np.clip(found, self.low, self.high))
        return numbers

    def labels(self):
        """As in `Column`."""
        found = [f"about {self._text(mean)}" for mean in self.means]
        return found + ["missing"] * (self.missing is not None)

    def in_page(self):
        """As in `Column`, with the modes of numbers; dates are written as their mode."""
        found = super().in_page()
        if self.format is None:
            found["modes"] = {
                "means": self.means,
                "reach": [WIDTH * std for std in self.stds],
                "ends": [self.low, self.high],
                "step": self.step,
                "decimals": self.decimals,
            }
        return found

    def block(self, text):
        """The block of a missing value, ""; numbers are no choice among blocks here."""
        if self.missing is not None and text in ("", "missing", self.missing):
            return [self.size - 1]
        raise ValueError(
            f"Column '{self.name}' holds numbers, which a table of modes can't fix. Take the "
            f"recipe table, or --column {self.name}=category."
        )

    def summary(self):
        """As in `Column`."""
        notes = [f"{len(self.means)} modes" if len(self.means) != 1 else "1 mode"]
        notes.append(f"{self._text(self.low)} to {self._text(self.high)}")
        if self.type == "number" and self.step is not None:
            notes.append("integers" if self.step >= 1 else f"{self.decimals} decimals")
        notes += ["constant (kept)"] if self.low == self.high else []
        notes += ["some missing"] if self.missing is not None else []
        return ", ".join(notes)


def fit(column, numbers, min_rows, max_modes):
    """`Modes` of some numbers, with what a `Numeric` column already knows.

    A mode holds a share of `min_rows` rows at least, and the ends are means over as many.
    """
    weights, means, stds = mixture.fit(numbers, max_modes=max_modes)
    kept = weights * len(numbers) >= min(min_rows, len(numbers))
    kept = kept if kept.any() else weights == weights.max()
    ends = np.sort(numbers)
    return Modes(
        **{field.name: getattr(column, field.name) for field in dataclasses.fields(Numeric)},
        weights=(weights[kept] / weights[kept].sum()).tolist(),
        means=means[kept].tolist(),
        stds=stds[kept].tolist(),
        low=float(ends[:min_rows].mean()),
        high=float(ends[-min_rows:].mean()),
    )


def of(config):
    """A column of a table of modes from its config; a column as it is."""
    if isinstance(config, (Modes, Texts)):
        return config
    return (Modes if "means" in config else Texts)(**config)

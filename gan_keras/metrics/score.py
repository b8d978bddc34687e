"""A score and all that it depends on, so that it never travels alone."""

import dataclasses
import json
import math

from gan_keras import files
from gan_keras.version import __version__

PROTOCOL = ("metric", "extractor", "resize", "num_real", "num_fake", "data", "seed")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Score:
    """One score with its protocol; two of different protocols refuse to be compared.

    `a < b`, `a > b` and `a - b` speak about the values. To put scores of different seeds side by
    side (their spread, say) take `.value`.

    Attributes:
        metric: str, e.g. "fid".
        value: float.
        std: float, spread over subsets or splits, or None where there is none.
        extractor: str, name and fingerprint, e.g. "pixels@0000000000000000".
        resize: str, how images were brought to the extractor's size.
        num_real: int.
        num_fake: int.
        data: str, name, split and fingerprint of the real data.
        seed: int, of samples, subsets and splits.
        version: str, of gan_keras.
        interval: (low, high), which holds 95 of 100 such measurements, or None where there is none.

    Example:
        >>> score = Score(metric="fid", value=9.0, extractor="pixels@0000000000000000",
        ...     resize="none", num_real=100, num_fake=100, data="ring@12ab", seed=0)
        >>> Score.from_json(score.to_json()) == score
        True
    """

    metric: str
    value: float
    std: float | None = None
    extractor: str
    resize: str
    num_real: int
    num_fake: int
    data: str
    seed: int
    version: str = __version__
    interval: tuple | None = None

    def __str__(self):
        std = "" if self.std is None else f" ± {self.std:.3g}"
        if self.interval is not None:
            std += ", 95% from {:.3g} to {:.3g}".format(*self.interval)
        return (
            f"{self.metric} {self.value:.5g}{std}  (extractor {self.extractor}, resize "
            f"{self.resize}, {self.num_real} real, {self.num_fake} fake, data {self.data}, seed "
            f"{self.seed}, gan_keras {self.version})"
        )

    def __lt__(self, other):
        return self._gap(other) < 0

    def __gt__(self, other):
        return self._gap(other) > 0

    def __le__(self, other):
        return self._gap(other) <= 0

    def __ge__(self, other):
        return self._gap(other) >= 0

    def __sub__(self, other):
        return self._gap(other)

    def _gap(self, other):
        if not isinstance(other, Score):
            raise TypeError(
                f"A score compares with a score, not with {other!r}. Use `.value` for its number."
            )
        for name in PROTOCOL:
            mine, theirs = getattr(self, name), getattr(other, name)
            if mine != theirs:
                raise ValueError(
                    f"These scores do not compare: `{name}` is {mine!r} in one and {theirs!r} in "
                    "the other. Score both with the same protocol."
                )
        return self.value - other.value

    def to_json(self):
        """One line of strict JSON."""
        fields = dataclasses.asdict(self)
        if self.interval is None:
            del fields["interval"]  # few have one, and older versions know of none
        for name in ("value", "std"):
            if fields[name] is not None and not math.isfinite(fields[name]):
                fields[name] = str(fields[name])  # "inf": strict JSON has no such number
        return json.dumps(fields, allow_nan=False)

    @classmethod
    def from_json(cls, line):
        """A score from its line.

        Raises:
            ValueError: the line is no score, or lacks a field.
        """
        try:
            fields = json.loads(line)
            for name in ("value", "std"):
                if isinstance(fields.get(name), str):
                    fields[name] = float(fields[name])
            if fields.get("interval") is not None:
                low, high = fields["interval"]
                fields["interval"] = (float(low), float(high))
            return cls(**fields)
        except (TypeError, AttributeError, json.JSONDecodeError) as error:
            raise ValueError(f"No score in {line[:80]!r}: {error}.") from error


def write(path, scores):
    """Append scores to a file of JSON lines.

    Raises:
        ValueError: the file holds something else, or is a link.
    """
    files.check_adds_lines(path)
    with open(path, "a", encoding="utf-8") as file:
        file.writelines(f"{score.to_json()}\n" for score in scores)


def read(path):
    """All scores of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        return [Score.from_json(line) for line in file if line.strip()]

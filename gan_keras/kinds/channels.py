"""Channels of series: how readings in units of their own become what networks see, and back."""

import dataclasses
import statistics
from typing import ClassVar

import numpy as np

from gan_keras.kinds.fit_columns import step_of
from gan_keras.serialization import Configurable

MIN_READINGS = 10  # a value that came less often is not kept
MOST_VALUES = 256  # of a channel that has values of its own
COVERED = 0.95  # of the readings, by those values
LARGEST_SHARE = 0.1  # that a value has of the scale, however often it came
NUM_QUANTILES = 65
FARTHEST = 16.0  # place; what is farther would be all that a network sees


@dataclasses.dataclass(kw_only=True)
class Channel(Configurable):
    """One channel: a rising map from readings to places, numbers of mean 0 and unit variance.

    Readings have odd distributions: rain is exactly 0 in most hours, wind comes in whole knots.
    Places are half way between the readings, standardised, and their normal scores (quantiles of
    the normal distribution), standardised as well. Scores alone would squeeze what is rare and
    large: an hour of heavy rain would stand beside one of drizzle, and nobody would see that the
    heavy ones follow each other too often. Readings alone would squeeze all others. Of a normal
    channel the two are the same. A channel with few different values
    (`exact`) has a place for each, and a number is decoded to the value of the nearest: what comes
    out is exactly 0, or a whole knot, as often as the generator means it. Other channels are
    decoded by the line between two quantiles, and rounded as their readings are.

    Args:
        name: what the channel is called.
        values: readings, ascending; the first and the last are the range.
        places: the place of each, ascending.
        exact: whether there are no readings but `values`.
        step: distance of neighbouring readings, .01 for two decimals; None for any.
        change: standard deviation of the changes of places from step to step, positive; None where
            it is not known.
    """

    SHOWN: ClassVar[int] = 128
    """A generator itself keeps to the values of a channel that has no more."""
    name: str
    values: list
    places: list
    exact: bool = False
    step: float | None = None
    change: float | None = None

    @property
    def levels(self):
        """The places that a generator keeps to; none for a channel without, or with many."""
        return self.places if self.exact and len(self.places) <= self.SHOWN else []

    @property
    def reach(self):
        """A bound of a generator's numbers: a quarter beyond the farthest place."""
        return round(1.25 * max(map(abs, self.places)), 6) or 1.0

    def encode(self, readings):
        """float32 places of readings: of the nearest value, or within the range."""
        if self.exact:
            return np.array(self.places, "float32")[_nearest(readings, self.values)]
        return np.interp(readings, self.values, self.places).astype("float32")

    def decode(self, places):
        """float64 readings, in range, on the values or steps that there are."""
        if self.exact:
            return np.array(self.values)[_nearest(places, self.places)]
        found = np.interp(places, self.places, self.values)
        if self.step is None:
            return found
        return np.round(np.round(found / self.step) * self.step, 6)

    def summary(self):
        """What the channel is, in a few words."""
        if len(self.values) == 1:
            return f"{self.values[0]:.6g} (constant)"
        grid = f"{len(self.values)} values, " if self.exact else ""
        return f"{grid}{self.values[0]:.6g} to {self.values[-1]:.6g}"


def fit(name, readings, *, min_readings=MIN_READINGS):
    """The channel of some readings.

    The range ends with the `min_readings`-th smallest and largest, so that one absurd reading does
    not stretch it, and no single reading stands in the file of a model.

    Args:
        name: of the channel.
        readings: array of finite floats, (n, steps); of any other shape, no changes are known.
        min_readings: how often a value must come to be kept. Defaults to 10; less where there are
            hardly any readings.
    """
    series = np.asarray(readings, "float64")
    channel = _between(_scores(name, series, min_readings), series)
    if series.ndim != 2 or series.shape[1] < 2:
        return channel
    change = np.diff(channel.encode(series), axis=1).std(dtype="float64")
    return dataclasses.replace(channel, change=round(float(change), 6) or 1.0)


def _between(channel, readings):
    """A channel of normal scores with places between those and the readings."""
    scores = channel.encode(readings).astype("float64")
    readings = channel.decode(scores)
    if not scores.std() > 0:
        return channel
    both = _standard(channel.places, scores) + _standard(channel.values, readings)
    channel = dataclasses.replace(channel, places=list(both))
    places = _standard(both, channel.encode(readings).astype("float64"))
    places *= min(1.0, FARTHEST / np.abs(places).max())
    return dataclasses.replace(channel, places=[round(float(place), 6) for place in places])


def _standard(numbers, found):
    """Numbers on the scale on which those that were found have mean 0 and variance 1."""
    return (np.array(numbers) - found.mean()) / found.std()


def _scores(name, readings, min_readings):
    """The channel with normal scores as its places."""
    readings = np.sort(readings.ravel())
    spared = min(min_readings, max(1, len(readings) // 10)) - 1
    readings = np.clip(readings, readings[spared], readings[len(readings) - 1 - spared])
    values, counts = np.unique(readings, return_counts=True)
    kept = counts > spared
    if kept.sum() <= MOST_VALUES and counts[kept].sum() >= COVERED * len(readings):
        values, counts = values[kept], counts[kept]
        shares = np.minimum(counts / counts.sum(), LARGEST_SHARE)
        ends = shares.cumsum() / shares.sum()
        middles = ends - shares / shares.sum() / 2
        return Channel(name=name, values=values.tolist(), places=_normal(middles), exact=True)
    levels = (np.arange(NUM_QUANTILES) + 0.5) / NUM_QUANTILES
    values, first = np.unique(np.quantile(readings, levels), return_index=True)
    levels = [part.mean() for part in np.split(levels, first[1:])]
    values = [readings[0], *values[1:-1], readings[-1]]
    return Channel(
        name=name,
        values=[float(value) for value in values],
        places=_normal(levels),
        step=step_of(readings),
    )


def _nearest(numbers, known):
    """For each number the place of the nearest of those that are known, ascending."""
    middles = (np.array(known)[1:] + np.array(known)[:-1]) / 2
    return np.searchsorted(middles, numbers)


def _normal(levels):
    """Quantiles of the standard normal distribution."""
    inverse = statistics.NormalDist().inv_cdf
    return [round(inverse(min(max(level, 1e-5), 1 - 1e-5)), 6) for level in levels]

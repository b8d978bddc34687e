"""Score fake series against real ones: from stored series to `Score`s in one call."""

import dataclasses
from collections.abc import Callable

import numpy as np

from gan_keras.metrics.labelled import Side, known_names, scores_of
from gan_keras.metrics.sequences.shuffled import shuffled
from gan_keras.metrics.series.autocorrelation_difference import autocorrelation_differences
from gan_keras.metrics.series.flat import changes, flat, readings
from gan_keras.metrics.table import NO_FEATURES
from gan_keras.metrics.tables import boosting
from gan_keras.metrics.tables.c2st import c2st
from gan_keras.metrics.tables.closest_record import closest_record_odds
from gan_keras.metrics.tables.column_shapes import column_shapes
from gan_keras.metrics.tables.correlation_difference import correlation_difference
from gan_keras.metrics.tables.estimate import Estimate

FOLDS = 5
STRETCHES = 8  # of neighbours in time, in each fold


def evaluate_series(
    fake,
    real,
    kind,
    *,
    held_out=None,
    metrics=None,
    num=10_000,
    seed=0,
    data="series",
    progress=None,
    **_,
):
    """Scores of fake series, each beside the same score of what costs nothing and of real ones.

    Beside "c2st", for example, "c2st@shuffled" is that of the training series, of which each step
    was shuffled among the series of a class, and "c2st@held_out", the floor, that of real ones that
    were held out. Readings are compared in units of their own, as a file would hold them.

    "c2st" is split in time: real series stand in order, and go into five folds by stretches of
    neighbours, eight stretches a fold. Split at random, a day that is tested has its neighbour
    among those that teach, and is known again; split in two halves, the classifier would be taught
    one season and tested on another. "c2st_changes" is the same of the changes from step to step,
    which trees do not see in the readings: it is the stricter of the two.

    Args:
        fake: a `Side` of stored series.
        real: the `Side` that the generator was trained on, in order of time.
        kind: the `kinds.Signals` of both.
        held_out: a `Side` of real ones that it was not trained on. Defaults to None: no floor.
        metrics: names, see `SERIES_METRICS`. Defaults to None: all that are possible.
        num: how many fake ones are scored at most.
        seed: of cuts, folds and shuffles. Defaults to 0.
        data: what scores call the real ones.
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`; `std` is that of the bootstrap, None where there is none.

    Raises:
        ValueError: an unknown metric, or one that needs held-out series.
        ImportError: scikit-learn is not installed, and a score wants it.
    """
    names = check_names(metrics) if metrics else list(SERIES_METRICS)
    if held_out is None:
        lacking = [name for name in names if SERIES_METRICS[name].held_out]
        if metrics and lacking:
            raise ValueError(f"'{lacking[0]}' takes real series never trained on: --held-out FILE.")
        names = [name for name in names if name not in lacking]
    mixed = shuffled(real.samples, real.labels, seed=seed)
    sides = {"": fake.some(num, seed), "shuffled": Side(samples=mixed, labels=real.labels)}
    if held_out is not None:
        sides["held_out"] = held_out
    if fake.labels is None:  # what stands beside is seen as the fake ones are, without classes
        sides = {what: Side(samples=side.samples) for what, side in sides.items()}
        real = Side(samples=real.samples)
    asked = Asked(real=real, kind=kind, held_out=held_out, seed=seed)
    jobs = [
        (name, what)
        for name in names
        for what in sides
        if not (what == "held_out" and SERIES_METRICS[name].held_out)
    ]
    scores = []
    for done, (name, what) in enumerate(jobs, start=1):
        metric, side = SERIES_METRICS[name], sides[what]
        extractor = boosting.name() if metric.trees else NO_FEATURES
        scores += scores_of(
            metric.compute(side, asked),
            side,
            real,
            what=what,
            extractor=extractor,
            data=data,
            seed=seed,
        )
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


@dataclasses.dataclass(frozen=True, kw_only=True)
class Asked:
    """What a score may look at beside the series that it scores.

    Attributes:
        real: the training `Side`.
        kind: the `kinds.Signals`.
        held_out: a `Side`, or None.
        seed: int.
    """

    real: Side
    kind: object
    held_out: Side | None
    seed: int


@dataclasses.dataclass(frozen=True, kw_only=True)
class SeriesMetric:
    """One entry of the table.

    Attributes:
        compute: function of (`Side`, `Asked`) -> {name: `Estimate`}.
        trees: whether it trains scikit-learn's.
        held_out: whether it needs held-out series.
    """

    compute: Callable
    trees: bool = False
    held_out: bool = False


def _c2st(side, asked):
    kind, real = asked.kind, asked.real
    fake = flat(side.samples, kind, side.labels if real.labels is not None else None)
    return {"c2st": _in_time(side, fake, flat(real.samples, kind, real.labels), asked)}


def _c2st_changes(side, asked):
    tables = [changes(one.samples, asked.kind) for one in (side, asked.real)]
    return {"c2st_changes": _in_time(side, *tables, asked)}


def _in_time(side, fake, real, asked):
    """C2ST, real series in stretches; held-out ones are real, too, and stand in order."""
    num = min(len(side.samples), len(asked.real.samples))
    stretch = max(1, num // (FOLDS * STRETCHES))
    is_real = asked.held_out is not None and side.samples is asked.held_out.samples
    stretches = (stretch if is_real else 1, stretch)
    return c2st(fake, real, folds=FOLDS, stretches=stretches, seed=asked.seed)


def _autocorrelation(side, asked):
    decoded = [asked.kind.decode(one.samples) for one in (side, asked.real)]
    found = np.abs(autocorrelation_differences(*decoded))
    return {
        "autocorrelation": Estimate(value=float(found.mean())),
        "lag_1": Estimate(value=float(found[:, 0].max())),
    }


def _cross_correlation(side, asked):
    found = correlation_difference(*_readings(side, asked))
    return {"cross_correlation": Estimate(value=float(np.mean(list(found.values()) or [0.0])))}


def _marginal_ks(side, asked):
    found = column_shapes(*_readings(side, asked))
    return {"marginal_ks": Estimate(value=float(1.0 - np.mean(list(found.values()))))}


def _closest_record(side, asked):
    sides = (side, asked.real, asked.held_out)
    return {"closest_record": closest_record_odds(*(flat(s.samples, asked.kind) for s in sides))}


def _readings(side, asked):
    return [readings(one.samples, asked.kind) for one in (side, asked.real)]


SERIES_METRICS = {
    "c2st": SeriesMetric(compute=_c2st, trees=True),
    "c2st_changes": SeriesMetric(compute=_c2st_changes, trees=True),
    "autocorrelation": SeriesMetric(compute=_autocorrelation),
    "cross_correlation": SeriesMetric(compute=_cross_correlation),
    "marginal_ks": SeriesMetric(compute=_marginal_ks),
    "closest_record": SeriesMetric(compute=_closest_record, held_out=True),
}


def check_names(names):
    """The names of metrics as a list.

    Raises:
        ValueError: one that is no score of series.
    """
    return known_names(names, SERIES_METRICS, "series")

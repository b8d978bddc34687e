"""What `gan-keras evaluate` does with series: read, draw, score."""

from gan_keras import data, kinds
from gan_keras.data import series
from gan_keras.metrics.series import evaluate_series
from gan_keras.metrics.series.evaluate import check_names
from gan_keras.running.side_scores import SideScores


class SeriesScores(SideScores):
    """Fake series, and the real ones that they are scored against; see `SideScores`."""

    kind = kinds.Signals

    def _scored(self, *sides, **arguments):
        return evaluate_series(*sides, **arguments)

    def _alike(self, path, split=None):
        """A source of other series, on the scales and with the classes of the real ones."""
        if path in data.NAMES:
            return data.source(path, split=split or "train")
        kind, dropped = self.real.kind, self._arguments.get("drop", ())
        lengths = "several" if kind.ends else "one"
        found = series.read(path, series=kind.key, lengths=lengths, drop=dropped)
        return series.of(found, kind, str(path))


def check(names):
    """Raises ValueError for a name that is no score of series."""
    check_names(names)

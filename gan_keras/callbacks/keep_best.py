"""The best generator of a run by one score, and the end of a run that gets no better."""

import math

import keras

from gan_keras.callbacks.generator_export import GeneratorExport
from gan_keras.metrics.table import better
from gan_keras.spelling import nearest

METRICS = ("fid", "fid_infinity", "inception_score", "kid", "sliced_wasserstein")  # of one number
PATIENCE = 5


class KeepBest(keras.callbacks.Callback):
    """Keeps the generator with the best score, and stops when no better one comes.

    The score is measured by a `Quality`, which must come before this callback. A score of few
    samples is noisy, so the best of many looks better than it is: report a fresh one of the file.

    Args:
        quality: the `callbacks.Quality` that scores.
        metric: one of `METRICS`, which `quality` measures.
        path: a .keras file for the best generator.
        patience: how many scores without a better one end the training. Defaults to 5.

    Raises:
        ValueError: a metric that is unknown, or that `quality` does not measure.

    Example:

        quality = callbacks.Quality(source, metrics=["fid"])
        best = callbacks.KeepBest(quality, "fid", "best.keras")
        gan.fit(source.batches(64), epochs=100, callbacks=[quality, best])
    """

    def __init__(self, quality, metric, path, *, patience=PATIENCE):
        super().__init__()
        check_metric(metric)
        if metric not in quality.metric_names:
            raise ValueError(
                f"`metric` '{metric}' is not among those of `quality`: "
                f"{', '.join(quality.metric_names)}. Add it there."
            )
        if not isinstance(patience, int) or patience < 1:
            raise ValueError(f"`patience` is a positive integer. Received: {patience!r}")
        self.quality = quality
        self.metric = metric
        self.patience = patience
        self.best = None
        self.num_worse = 0
        self._export = GeneratorExport(path)

    def set_model(self, model):
        """As in Keras."""
        super().set_model(model)
        self._export.set_model(model)

    def get_state(self):
        """The best score so far, for a checkpoint."""
        return {"best": self.best, "num_worse": self.num_worse}

    def set_state(self, state):
        """Goes back to the best score of a checkpoint."""
        self.best, self.num_worse = state["best"], state["num_worse"]

    def score(self, logs):
        """The score in the logs of an epoch; None for an epoch without one."""
        logs, extractor = logs or {}, self.quality.extractor  # a name until it has measured once
        own = None if isinstance(extractor, str) else extractor.score_name(self.metric)
        return logs.get(own, logs.get(self.metric))

    def on_epoch_end(self, epoch, logs=None):
        """Keeps the generator if its score is the best, or counts towards the end."""
        value = self.score(logs)
        if value is None:
            return
        sign = 1 if mode(self.metric) == "min" else -1
        is_first = self.best is None and math.isfinite(value)
        if is_first or (self.best is not None and sign * value < sign * self.best):
            self.best, self.num_worse = float(value), 0
            self._export.save()
        else:
            self.num_worse += 1
            if self.num_worse >= self.patience:
                self.model.stop_training = True


def mode(metric):
    """ "min" for a score of which low values are good, else "max"."""
    return "max" if better(metric) == "higher" else "min"


def check_metric(metric):
    """Raises ValueError for a score that is no single number with a good direction."""
    if metric not in METRICS:
        raise ValueError(f"No run can be kept by the score '{metric}'.{nearest(metric, METRICS)}")

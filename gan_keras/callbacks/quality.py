"""Scores in the logs: what a generator is worth, measured while it learns."""

import json

import keras

from gan_keras import data, files, metrics
from gan_keras.metrics import features, refusals
from gan_keras.metrics.evaluate import chosen


class Quality(keras.callbacks.Callback):
    """Scores the (averaged) generator at the end of epochs and puts the numbers into the logs.

    List it before the callbacks that use them: Keras's `ModelCheckpoint(monitor="fid",
    mode="min")` and `EarlyStopping(monitor="fid", mode="min")` (Keras knows no scores: without a
    `mode` both refuse), `TensorBoard`, or this package's `Checkpoint` and `HistoryFile`.
    Scores come after the first epoch (so that a mistake shows at once), after every
    `every_num_epochs`-th and after the last one. In the epochs between, the logs have none: nothing
    is repeated that was not measured, and `EarlyStopping` counts its patience in measurements.

    All measurements use the same latents and the same real samples, so that what moves between
    them is the generator. `gan.evaluate(dataset, quality=quality)` gives the same scores beside the
    losses.

    ```python
    quality = Quality("fashion_mnist_10k", metrics=["fid", "kid"])
    best = keras.callbacks.ModelCheckpoint("best.keras", monitor="fid", mode="min",
                                           save_best_only=True)
    gan.fit(dataset, epochs=20, callbacks=[quality, best])
    ```

    Args:
        real: real samples: what `gan_keras.data.source` takes.
        metrics: names, see `gan_keras.metrics.METRICS`. Defaults to ("fid",). By pixels, which
            is what data without labels are scored by, its log is "frechet_pixels".
        extractor: name, path or `Extractor`. Defaults to `metrics.features.default(real)`.
        num: how many samples to score, and at most how many real ones. Defaults to 2,000; a score
            to publish takes more, see `gan-keras evaluate`.
        held_out: as `real`, samples that were never trained on, for "memorization" and "gan_train".
        every_num_epochs: how often. Defaults to 1.
        seed: of latents, subsets and splits. Defaults to 0.
        split: what scores call the part of the data that `real` is. Defaults to None.
        path: a file of JSON lines that holds each score with its whole protocol, its step and
            epoch. Defaults to None.
        cache_dir: see `metrics.evaluate`.

    Attributes:
        scores: list of `metrics.Score`, the newest.

    Raises:
        ValueError: an unknown metric; too few samples or no held-out ones for it; data that don't
            fit.
    """

    def __init__(
        self,
        real,
        *,
        metrics=("fid",),
        extractor=None,
        num=2_000,
        held_out=None,
        every_num_epochs=1,
        seed=0,
        split=None,
        path=None,
        cache_dir=None,
    ):
        super().__init__()
        if every_num_epochs < 1:
            raise ValueError(f"`every_num_epochs` must be at least 1. Received: {every_num_epochs}")
        self.real = data.source(real)
        self.metric_names = [metrics] if isinstance(metrics, str) else list(metrics)
        self.extractor = extractor or features.default(self.real)
        self.num = num
        self.held_out = None if held_out is None else data.source(held_out)
        self.every_num_epochs = every_num_epochs
        self.seed = seed
        self.split = split
        self.path = path
        self.cache_dir = cache_dir
        wanted = chosen(self.metric_names)
        refusals.check_numbers(wanted, refusals.size(self.real, num), num)
        refusals.check_held_out(wanted, self.held_out)
        refusals.check_images(wanted, self.real.sample_shape)
        if self.extractor == "pixels":  # at no cost; others may be trained or loaded, later
            self.extractor = features.get("pixels")
            refusals.check_extractor(wanted, self.real, self.extractor)
        self.scores = []
        self.rows = []

    def get_state(self):
        """The scores so far, for a checkpoint."""
        return {"rows": self.rows}

    def set_state(self, state):
        """Goes back to the scores of a checkpoint."""
        self.rows = state["rows"]
        self._write()

    def on_epoch_end(self, epoch, logs=None):
        """Scores, if it is time, and puts the numbers into `logs`."""
        last = epoch + 1 == self.params.get("epochs")
        if epoch and not last and (epoch + 1) % self.every_num_epochs:
            return
        (logs if logs is not None else {}).update(self.values(self.model))
        line = {"step": self.model.steps_done, "epoch": epoch}
        self.rows = [row for row in self.rows if row["epoch"] < epoch]
        self.rows += [{**line, **json.loads(score.to_json())} for score in self.scores]
        self._write()

    def values(self, model):
        """Scores `model` as it is now: a dict from name to number, `*_std` where there is one."""
        if isinstance(self.extractor, str):  # once: it may have to be trained or loaded
            self.extractor = features.get(
                self.extractor, source=self.real, cache_dir=self.cache_dir or None
            )
        self.scores = metrics.evaluate(
            lambda num: model.fakes(num, seed=self.seed, real=self.real),
            self.real,
            metrics=self.metric_names,
            extractor=self.extractor,
            num=self.num,
            held_out=self.held_out,
            seed=self.seed,
            split=self.split,
            cache_dir=self.cache_dir,
        )
        found = {}
        for score in self.scores:
            found[score.metric] = score.value
            if score.std is not None:
                found[f"{score.metric}_std"] = score.std
        return found

    def _write(self):
        if self.path is not None:
            files.write_text(self.path, "".join(f"{json.dumps(row)}\n" for row in self.rows))

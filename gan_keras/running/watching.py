"""What watches a run of `Training`: who judges it, what a person sees of it, its checkpoints."""

import math

from gan_keras import callbacks as our
from gan_keras.callbacks import keep_best
from gan_keras.data import held_out
from gan_keras.machines import workers
from gan_keras.metrics import refusals
from gan_keras.metrics.evaluate import chosen

CHECKPOINT_SECONDS = 30  # what a kill may cost
NUM_PICTURES, NUM_EXPORTS = 40, 10  # of a run, at most; each costs as much as some steps


class Judges:
    """The callbacks that score and diagnose a run, as far as they were asked for.

    Made before the run has a folder, so that what they refuse leaves none behind.

    Args:
        source: the data that the run is trained on.
        recipe: the `recipes.Recipe`, which says where held-out data come from.
        quality, quality_every, diagnose, until: see `Training`.

    Raises:
        ValueError: a score that is unknown, or that this data or recipe does not allow.
    """

    def __init__(self, source, recipe, *, quality, quality_every, diagnose, until=None):
        self.quality = self.diagnosis = self.best = None
        self.until = until
        names = quality.replace(",", " ").split()
        if until is not None:
            keep_best.check_metric(until)
            names += [until] * (until not in names)
        if names:
            wanted = chosen(names)
            found = None
            if any(metric.held_out for metric in wanted.values()):
                found = held_out.default(recipe.data, **recipe.data_arguments)
            labelled = {"real": source.labels is not None, "fake": recipe.conditional}
            labelled["held-out"] = found is not None and found.labels is not None
            refusals.check_labels(wanted, labelled)
            self.quality = our.Quality(
                source,
                metrics=names,
                held_out=found,
                every_num_epochs=quality_every,
                split=recipe.data_arguments.get("split", "train"),
            )
        if diagnose:
            others = held_out.held_out_split(recipe.data, **recipe.data_arguments)
            self.diagnosis = our.Diagnosis(source, held_out=others)

    def callbacks(self, run):
        """List of them, writing into the folder of `run`, a `runs.Run`."""
        if self.quality is not None:
            self.quality.path = run.quality_file
        if self.diagnosis is not None:
            self.diagnosis.path = run.diagnosis_file
            self.diagnosis.log_folder = run.logs / "diagnosis"
        if self.until is not None:
            self.best = our.KeepBest(self.quality, self.until, run.best_file)
        return [judge for judge in (self.quality, self.best, self.diagnosis) if judge is not None]


def shown(source, recipe):
    """The data whose samples pictures show: a translator's are held out, where there are such."""
    if not source.entries and recipe.corruption is None:
        return source
    return held_out.held_out_split(recipe.data, **recipe.data_arguments) or source


def pictures(run, source, epochs, *, mark=True):
    """What a person looks at; of several workers, only the chief writes it.

    Args:
        run: a `runs.Run`.
        source: the data whose samples are shown.
        epochs: of the whole run.
        mark: whether pictures say that they are generated. Defaults to True.
    """
    return [
        our.Scalars(run.logs),
        our.SampleGrid(
            run.samples,
            every_num_epochs=math.ceil(epochs / NUM_PICTURES),
            early=True,
            log_folder=run.logs / "samples",
            real=source,
            run=run.name,
            mark=mark,
        ),
        our.GeneratorExport(run.generator_file, every_num_epochs=math.ceil(epochs / NUM_EXPORTS)),
    ]


def checkpoint(run, every_num_steps, callbacks, identity=None, best=None):
    """The run's checkpoints: by steps if a number is given, else by the clock.

    Beside them the one with the best score stays, if there is a `KeepBest` that measures it.
    Several workers save at each epoch's end, which they reach at the same step.
    """
    by_clock = every_num_steps is None and workers.count() == 1
    return our.Checkpoint(
        run.checkpoints,
        every_epoch=not by_clock,
        every_num_steps=every_num_steps,
        every_seconds=CHECKPOINT_SECONDS if by_clock else None,
        monitor=best and best.score,
        mode=keep_best.mode(best.metric) if best else "min",
        identity=identity,
        callbacks=callbacks,
    )

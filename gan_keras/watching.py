"""What watches a run of `Training`: who judges it, what a person sees of it, its checkpoints."""

import math

import keras

from gan_keras import callbacks as our
from gan_keras import workers
from gan_keras.callbacks.diagnosis import held_out_split

CHECKPOINT_SECONDS = 30  # what a kill may cost
NUM_PICTURES, NUM_EXPORTS = 40, 10  # of a run, at most; each costs as much as some steps


def judges(run, source, arguments, recipe):
    """The callbacks that score and diagnose, where they were asked for.

    Args:
        run: the `runs.Run` that they write to.
        source: the data that it is trained on.
        arguments: dict with those of `Training`: "quality", "quality_every", "diagnose".
        recipe: the `recipes.Recipe`, which says where held-out data come from.
    """
    found = []
    if arguments["quality"]:
        found.append(
            our.Quality(
                source,
                metrics=arguments["quality"].replace(",", " ").split(),
                every_num_epochs=arguments["quality_every"],
                split=recipe.data_arguments.get("split", "train"),
                path=run.quality_file,
            )
        )
    if arguments["diagnose"]:
        found.append(
            our.Diagnosis(
                source,
                held_out=held_out_split(recipe.data, **recipe.data_arguments),
                path=run.diagnosis_file,
                log_folder=run.logs / "diagnosis",
            )
        )
    return found


def pictures(run, source, epochs):
    """What a person looks at; of several workers, only the chief writes it."""
    real = None if source.is_images else source.samples[:2000]
    return [
        keras.callbacks.TensorBoard(run.logs, write_graph=False),
        our.SampleGrid(
            run.samples,
            every_num_epochs=math.ceil(epochs / NUM_PICTURES),
            log_folder=run.logs / "samples",
            real=real,
        ),
        our.GeneratorExport(run.generator_file, every_num_epochs=math.ceil(epochs / NUM_EXPORTS)),
    ]


def checkpoint(run, every_num_steps, callbacks):
    """The run's checkpoints: by steps if a number is given, else by the clock.

    Several workers save at each epoch's end, which they reach at the same step.
    """
    by_clock = every_num_steps is None and workers.count() == 1
    return our.Checkpoint(
        run.checkpoints,
        every_epoch=not by_clock,
        every_num_steps=every_num_steps,
        every_seconds=CHECKPOINT_SECONDS if by_clock else None,
        callbacks=callbacks,
    )

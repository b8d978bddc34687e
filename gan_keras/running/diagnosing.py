"""What `gan-keras diagnose` does: a run's records, a fresh look at its model, a report."""

import math

from gan_keras import data
from gan_keras.callbacks import checkpoint_folder
from gan_keras.callbacks.diagnosis import probe
from gan_keras.data import held_out as held_out_data
from gan_keras.diagnosis.records import WINDOW
from gan_keras.metrics import features
from gan_keras.running import sampling
from gan_keras.running.diagnosis_report import recorded, report

__all__ = ["measured", "recorded", "report"]

NUM, FEWEST = 256, 64  # samples in a fresh look; training takes 64
NUMBERS = NUM * 32 * 32 * 3  # that these hold; larger images are fewer, or a look takes minutes


def measured(run, *, held_out=None):
    """Looks at the model in the newest checkpoint, several times, each on other samples.

    Args:
        run: a `runs.Run`.
        held_out: a name or path, see `data.held_out.named`. Defaults to the test split of the run's
            data, if there is one.

    Returns:
        A list of records, marked "fresh"; empty if there is no checkpoint.
    """
    if not checkpoint_folder.steps(run.checkpoints):
        return []
    model = sampling.load(run, compiled=True)
    if not model.compiled:
        model.compile()  # a bundled run has no optimizers, and a look at it takes no step
    settings = run.read_config()["settings"]
    real = data.source(settings["data"], **settings["data_arguments"])
    if held_out is None:
        held_out = held_out_data.held_out_split(settings["data"], **settings["data_arguments"])
    else:
        held_out = held_out_data.named(held_out, **settings["data_arguments"])
    extractor = features.cheap(real)
    num = how_many(real.sample_shape)
    probes = [
        probe(real, extractor, model=model, held_out=held_out, num=num, seed=seed)
        for seed in range(WINDOW)
    ]
    return [{**probe.measure(model), "fresh": True} for probe in probes]


def how_many(shape):
    """Samples of a shape in a fresh look."""
    return max(FEWEST, min(NUM, NUMBERS // math.prod(shape)))

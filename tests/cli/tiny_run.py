"""A recipe so small that a run takes seconds, most of them TensorFlow's start."""

import numpy as np

from gan_keras import recipes
from gan_keras.running.training import Training

STEPS, BATCH = 5, 8


def write_data(path, num=STEPS * BATCH + 3):
    """An .npz of points; those beyond full batches make passes end in the middle of a batch."""
    points = np.random.default_rng(0).normal(size=(num, 2)).astype("float32")
    np.savez(path, x=points)
    return str(path)


def recipe(data, **changes):
    """The ring's recipe with small networks; the penalty comes every second step.

    Its rates don't fall, so that a short training is the beginning of a longer one.
    """
    return recipes.get("ring").with_settings(
        {
            "data": data,
            "generator.widths": (4,),
            "discriminator.widths": (4,),
            "penalties.r1.interval": 2,
            "penalties.r2": None,
            "generator_optimizer.learning_rate": 3e-3,
            "discriminator_optimizer.learning_rate": 3e-3,
            "steps_per_execution": 1,
            "batch_size": BATCH,
            "epochs": 3,
            **changes,
        }
    )


def training(data, *, seed=0, strategy="auto", **changes):
    """A `Training` of that recipe."""
    return Training(recipe(data, **changes), seed=seed, strategy=strategy)


def everything(model):
    """Every number that training moves, as bytes."""
    metrics = {id(variable) for variable in model.metrics_variables}
    variables = [v for v in model.variables if id(v) not in metrics]
    for optimizer in (model.generator_optimizer, model.discriminator_optimizer):
        variables += optimizer.variables
    return [np.array(variable.numpy()).tobytes() for variable in variables]

"""A GAN of points that trains in milliseconds, for the tests of callbacks."""

import keras
import numpy as np

import gan_keras
from gan_keras import data
from gan_keras.networks import mlp

STEPS, BATCH = 4, 8


def source():
    """32 points: 4 steps of 8."""
    points = np.random.default_rng(0).normal(size=(STEPS * BATCH, 2)).astype("float32")
    return data.source(points)


def gan():
    """A compiled GAN with state of all kinds; eager, since a dozen steps are not worth a trace."""
    keras.utils.set_random_seed(1)
    model = gan_keras.GAN(
        mlp.generator((2,), 3, widths=(4,)),
        mlp.discriminator((2,), widths=(4,)),
        moving_average=20,
        seed=2,
    )
    model.compile(keras.optimizers.Adam(1e-2), keras.optimizers.Adam(2e-2), run_eagerly=True)
    return model


def weights(model):
    """Every variable but the metrics': networks, optimizers, counters, random states."""
    metrics = {id(variable) for variable in model.metrics_variables}
    optimizers = (model.generator_optimizer, model.discriminator_optimizer)
    variables = [v for v in model.variables if id(v) not in metrics]
    variables += [v for optimizer in optimizers for v in optimizer.variables]
    return {f"{i}:{v.path}": np.array(v.numpy()) for i, v in enumerate(variables)}


def same(one, other):
    """Whether two models hold bitwise the same."""
    a, b = weights(one), weights(other)
    return [x.tobytes() for x in a.values()] == [x.tobytes() for x in b.values()]

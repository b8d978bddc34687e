"""The same training on one device and on two replicas, as small as it can be."""

import keras
import numpy as np
import tensorflow as tf

import gan_keras
from gan_keras import layers

BATCH = 8


def mirrored():
    """Two logical CPUs. Collectives of a second strategy in one process would abort."""
    return tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )


def networks(batch_norm=None, spectral_norm=False):
    """A generator (3 latents) and a discriminator of points in the plane."""
    latents = keras.Input((3,))
    x = keras.layers.Dense(5, activation="tanh")(latents)
    if batch_norm is not None:
        x = batch_norm()(x)
    generator = keras.Model(latents, keras.layers.Dense(2, dtype="float32")(x))
    points = keras.Input((2,))
    hidden = keras.layers.Dense(5, activation="tanh", name="hidden")
    y = (layers.SpectralNorm(hidden) if spectral_norm else hidden)(points)
    return generator, keras.Model(points, keras.layers.Dense(1, dtype="float32")(y))


def points(num_batches, seed=0):
    """Batches of random points in the plane, standard normal."""
    return np.random.default_rng(seed).normal(size=(num_batches * BATCH, 2)).astype("float32")


def train(samples, strategy=None, *, of=networks, batch_size=BATCH, compiled, **arguments):
    """A GAN that was fitted to `samples` in their order, one step for each batch.

    Args:
        samples: float32 array (n, 2).
        strategy: a strategy, or None for one device.
        of: function that makes the two networks.
        batch_size: the global one, times discriminator steps.
        compiled: function that gives the arguments of `compile`: optimizers can't be shared.
        **arguments: of the GAN.
    """
    with (strategy or tf.distribute.get_strategy()).scope():
        gan = make(of=of, **arguments)
        gan.compile(**compiled())
    gan.logs = gan.fit(dataset_of(samples, batch_size), verbose=0).history
    return gan


def make(of=networks, **arguments):
    """A GAN that is the same every time."""
    keras.utils.set_random_seed(1)
    return gan_keras.GAN(*of(), seed=5, **arguments)


def dataset_of(samples, batch_size=BATCH, drop_remainder=True):
    """Batches in order."""
    return tf.data.Dataset.from_tensor_slices(samples).batch(batch_size, drop_remainder)


def values(variable):
    """The value of a variable on each replica, as arrays."""
    local = tf.distribute.get_strategy().experimental_local_results(variable.value)
    local = getattr(variable.value, "values", local)
    return [value.numpy() for value in local]


def largest_difference(one, other):
    """Largest absolute difference between all weights and optimizer slots of two models."""
    pairs = zip(variables(one), variables(other), strict=True)
    return max(float(np.abs(values(a)[0].astype("float64") - values(b)[0]).max()) for a, b in pairs)


def variables(model):
    """Weights of the networks, their averages and states, and both optimizers' slots."""
    return [*model.weights, *model.optimizer.variables]


def largest_spread(model):
    """Largest difference between the replicas' copies of one variable."""
    spread = 0.0
    for variable in variables(model):
        first, *others = values(variable)
        assert others, f"{variable.path} is not mirrored"
        spread = max([spread, *(float(np.abs(first - other).max()) for other in others)])
    return spread

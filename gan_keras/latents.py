"""Random numbers of a model: one stream, saved with it, equal on one device and on many.

`keras.random` and TensorFlow's own float generators draw other values under XLA than outside it,
and Keras draws the *same* values on every replica. `RandomStream` takes the bits of TensorFlow's
stateless Philox, which are the same everywhere, makes floats of them itself, and draws for the
global batch and keeps this replica's slice: the numbers of one device with the same seed.
"""

import math

import keras
import numpy as np
import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.spelling import nearest


def check_seed(seed, largest=None):
    """Raises ValueError unless a seed is an integer from 0 on, or None.

    Args:
        seed: what a caller gave.
        largest: the largest allowed; None for any.
    """
    if seed is None and largest is None:
        return
    is_integer = isinstance(seed, (int, np.integer)) and not isinstance(seed, bool)
    if not is_integer or seed < 0 or (largest is not None and seed > largest):
        bound = "from 0 on" if largest is None else f"from 0 to {largest}"
        raise ValueError(f"`seed` is an integer {bound}. Received: {seed!r}.")


class RandomStream:
    """Random tensors whose first axis is the batch, from a `SeedGenerator` that the model owns.

    Args:
        seed: integer seed of the stream.
        name: name of the seed variable.
    """

    def __init__(self, seed, name="random_stream"):
        self.seed = int(seed)
        self.generator = keras.random.SeedGenerator(self.seed, name=name)

    def reset(self):
        """Back to the first draw."""
        self.generator.state.assign(np.array([self.seed, 0], "uint32"))

    def normal(self, shape):
        """Standard normal numbers, float32 (Box and Muller, 1958)."""
        bits = self._bits((*shape, 2))
        radius = tf.sqrt(-2.0 * tf.math.log(1.0 - _unit(bits[..., 0])))
        return radius * tf.cos(2.0 * math.pi * _unit(bits[..., 1]))

    def uniform(self, shape, low=0.0, high=1.0):
        """Uniform numbers in [low, high), float32."""
        return low + (high - low) * _unit(self._bits(shape))

    def truncated_normal(self, shape, threshold):
        """Standard normal numbers given that they lie in [-threshold, threshold], float32."""
        share = math.erf(threshold / math.sqrt(2.0))
        drawn = math.sqrt(2.0) * tf.math.erfinv(self.uniform(shape, -share, share))
        return tf.clip_by_value(drawn, -threshold, threshold)

    def integers(self, shape, high):
        """Integers in [0, high), int32; `high` up to 2**24."""
        return tf.cast(high * _unit(self._bits(shape)), tf.int32)

    def _bits(self, shape):
        """Random uint32 numbers: those of this replica out of the global batch's."""
        batch, *rest = shape
        seed = tf.cast(self.generator.next(ordered=False), tf.int32)
        bits = tf.random.stateless_uniform(
            (replicas.count() * batch, *rest),
            seed=seed,
            minval=None,
            maxval=None,
            dtype=tf.uint32,
            alg="philox",
        )
        if replicas.count() == 1:
            return bits
        return bits[replicas.index() * batch : (replicas.index() + 1) * batch]


def _unit(bits):
    """The upper 24 bits as a float32 in [0, 1): every value is exact."""
    return tf.cast(tf.bitwise.right_shift(bits, tf.constant(8, tf.uint32)), tf.float32) * 2.0**-24


def normal(random, shape, truncation=None):
    """Latents from N(0, I); `truncation` t keeps each number in [-t, t] (Brock et al., 2018)."""
    if truncation is None:
        return random.normal(shape)
    return random.truncated_normal(shape, truncation)


def uniform(random, shape, truncation=None):
    """Latents from the cube [-1, 1]; `truncation` t in (0, 1] shrinks it to [-t, t]."""
    bound = 1.0 if truncation is None else truncation
    return random.uniform(shape, -bound, bound)


PRIORS = {"normal": normal, "uniform": uniform}


def spherical(start, end, position):
    """Point on the great circle from `start` to `end` (White, 2016, arXiv:1609.04468).

    Args:
        start, end: arrays (latent_dim,).
        position: number in [0, 1].

    Where the two point the same way (or one is zero) there is no circle: the line is taken.
    """
    norms = np.linalg.norm(start) * np.linalg.norm(end)
    cosine = np.clip(np.dot(start, end) / norms, -1.0, 1.0) if norms > 0 else 1.0
    angle = np.arccos(cosine)
    if np.sin(angle) < 1e-6:
        return linear(start, end, position)
    weights = np.sin((1 - position) * angle), np.sin(position * angle)
    return (weights[0] * start + weights[1] * end) / np.sin(angle)


def linear(start, end, position):
    """Point on the straight line from `start` to `end`, at `position` in [0, 1]."""
    return (1 - position) * start + position * end


PATHS = {"spherical": spherical, "linear": linear}


def path(method, prior):
    """The function of a path between latents.

    Args:
        method: one of `PATHS`; None for what suits the prior: "spherical" for a normal one, whose
            mass lies on a shell, "linear" for a uniform one, whose cube an arc would leave.
        prior: one of `PRIORS`.

    Raises:
        ValueError: an unknown method; the nearest one is named.
    """
    method = method or ("spherical" if prior == "normal" else "linear")
    if method not in PATHS:
        raise ValueError(f"Unknown path '{method}'.{nearest(method, PATHS)}")
    return PATHS[method]

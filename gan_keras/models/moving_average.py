"""The moving average of a generator's weights: what is sampled, scored and saved.

Karras et al., 2018, arXiv:1710.10196 (the idea); half-life in images and ramp-up as in Karras et
al., 2020, arXiv:2006.06676. Unlike Keras's `use_ema` it starts as a copy, counts in images (so a
change of batch size does not change it) and copies what is not trained, batch-norm statistics
among them: those are averages already.
"""

import dataclasses
import math
import numbers

import keras
import tensorflow as tf

from gan_keras.serialization import Configurable, register


@register
@dataclasses.dataclass(kw_only=True)
class MovingAverage(Configurable):
    """Settings of a generator's moving average.

    Args:
        half_life: number of images after which an old weight counts half. Positive.
        ramp_up: the half-life is at most this share of the images seen so far, so that the average
            follows quickly at first. 0.05 is StyleGAN2-ADA's; None for no ramp-up.

    Raises:
        ValueError: a number out of range.
    """

    half_life: float = 10_000
    ramp_up: float | None = 0.05

    def __post_init__(self):
        if not is_positive(self.half_life):
            raise ValueError(
                f"`half_life` is a positive number of images. Received: {self.half_life!r}"
            )
        if self.ramp_up is not None and not is_positive(self.ramp_up):
            raise ValueError(f"`ramp_up` is a positive number or None. Received: {self.ramp_up!r}")

    def decay(self, batch_size, images_seen):
        """Weight of the old average in one update, in [0, 1): 0.5 ** (batch_size / half-life).

        Args:
            batch_size: images of this update, all replicas together.
            images_seen: images of the updates before it; a number or a scalar tensor.
        """
        half_life = tf.cast(self.half_life, tf.float32)
        if self.ramp_up is not None:
            half_life = tf.minimum(half_life, self.ramp_up * tf.cast(images_seen, tf.float32))
        return 0.5 ** (tf.cast(batch_size, tf.float32) / tf.maximum(half_life, 1e-8))

    def update(self, average, network, batch_size, images_seen):
        """Moves the weights of `average` towards those of `network`, in the graph."""
        share = 1.0 - self.decay(batch_size, images_seen)
        trained = {id(variable) for variable in network.trainable_variables}
        for old, new in zip(average.weights, network.weights, strict=True):
            if id(new) in trained:
                old.assign_sub(tf.cast(share, old.dtype) * (old.value - new.value))
            else:
                old.assign(new.value)


def is_positive(value):
    """Whether this is a finite number above 0."""
    is_number = isinstance(value, numbers.Real) and not isinstance(value, bool)
    return is_number and 0 < value < math.inf


def get(identifier):
    """A `MovingAverage` from one, from a half-life in images, from a config, or None."""
    if identifier is None or isinstance(identifier, MovingAverage):
        return identifier
    if isinstance(identifier, dict):
        return keras.saving.deserialize_keras_object(identifier)
    if isinstance(identifier, (int, float)) and not isinstance(identifier, bool):
        return MovingAverage(half_life=identifier)
    raise TypeError(
        "`moving_average` takes a MovingAverage, a half-life in images, or None. "
        f"Received: {identifier!r}"
    )


def copy_of(network, name):
    """A copy of `network` with equal weights, not trained."""
    config = network.get_config()
    config["name"] = name
    copy = type(network).from_config(config)
    if not copy.built:
        copy.build(network.input_shape)
    copy.set_weights(network.get_weights())
    copy.trainable = False
    return copy

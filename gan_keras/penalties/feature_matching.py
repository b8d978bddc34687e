"""Feature matching: fakes have the same mean features as real images."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class FeatureMatching(Penalty):
    """Feature matching, a term of the generator's.

    For a generator whose own loss is unsteady. The features are the discriminator's inner
    activations: its layer named "features", or else what its last dense layer reads.

    weight * |E features(real) - E features(fake)|^2: the mean over the global batch, the squared
    length over features.

    Source: Salimans et al. 2016, arXiv 1606.03498, section 3.1.

    Args:
        weight: float >= 0. Defaults to 1.0.

    Raises:
        ValueError: a negative `weight`, or an `interval` other than 1.
    """

    name: ClassVar[str] = "feature_matching"
    players: ClassVar[tuple] = ("generator",)
    every_update: ClassVar[bool] = True

    def compute(self, critic, real, fake):
        """The weighted squared distance of the means; no gradient goes into the real ones."""
        real, fake = (_mean(critic.features(images)) for images in (real, fake))
        return self.weight * tf.reduce_sum(tf.square(tf.stop_gradient(real) - fake))


def _mean(features):
    return replicas.mean(tf.reduce_mean(tf.cast(features, tf.float32), axis=0))

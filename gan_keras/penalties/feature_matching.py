"""Feature matching: fakes have the same mean features as real images."""

import dataclasses

import tensorflow as tf

from gan_keras import replicas
from gan_keras.serialization import Configurable, register


@register
@dataclasses.dataclass(kw_only=True)
class FeatureMatching(Configurable):
    """Feature matching, a term of the generator's.

    For a generator whose own loss is unsteady, and for image-to-image networks. The features are
    the discriminator's inner activations.

    weight * |E features(real) - E features(fake)|^2: the mean over the global batch, the squared
    length over features; several layers' terms are averaged.

    Source: Salimans et al. 2016, arXiv 1606.03498, section 3.1.

    Args:
        weight: float >= 0. Defaults to 1.0.

    Raises:
        ValueError: a negative `weight`.
    """

    weight: float = 1.0

    def __post_init__(self):
        if not self.weight >= 0:
            raise ValueError(
                f"`weight` of FeatureMatching must be at least 0. Received: {self.weight}."
            )

    def compute(self, real_features, fake_features):
        """The weighted term, a float32 scalar.

        Args:
            real_features: tensor (batch, ...), or a list of them, one for each layer. No gradient
                goes into them.
            fake_features: as `real_features`.
        """
        real, fake = tf.nest.flatten(real_features), tf.nest.flatten(fake_features)
        if len(real) != len(fake):
            raise ValueError(
                f"{len(real)} layers of real features but {len(fake)} of fake ones. "
                "Take both from the same layers."
            )
        terms = [_distance(r, f) for r, f in zip(real, fake, strict=True)]
        return self.weight * tf.add_n(terms) / len(terms)


def _distance(real, fake):
    real, fake = (replicas.mean(tf.reduce_mean(tf.cast(x, tf.float32), 0)) for x in (real, fake))
    return tf.reduce_sum(tf.square(tf.stop_gradient(real) - fake))

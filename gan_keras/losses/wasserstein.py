"""Wasserstein loss: a difference of means, meant for a critic with bounded slope."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import loss
from gan_keras.machines import replicas
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Wasserstein(loss.Loss):
    """Wasserstein loss: minus it estimates a distance, which can be watched as it falls.

    It means something only with a critic of bounded slope: add `GradientPenalty()`, or call
    `clip_weights` on the discriminator, and make several discriminator steps for each of the
    generator.

    discriminator: E D(fake) - E D(real);  generator: -E D(fake), where D is the raw logit.

    Source: Arjovsky et al. 2017, arXiv 1701.07875, algorithm 1; Gulrajani et al. 2017, arXiv
    1704.00028.
    """

    name: ClassVar[str] = "wasserstein"

    def discriminator(self, real_logits, fake_logits):
        """Mean fake logit less the mean real logit."""
        return tf.reduce_mean(loss.float32(fake_logits)) - tf.reduce_mean(loss.float32(real_logits))

    def generator(self, real_logits, fake_logits):
        """Minus the mean fake logit."""
        return -tf.reduce_mean(loss.float32(fake_logits))

    def real_margins(self, real_logits, fake_logits):
        """From the mean fake logit: a critic's logits have no zero."""
        mean_fake = replicas.mean(tf.reduce_mean(loss.float32(fake_logits)))
        return loss.float32(real_logits) - mean_fake

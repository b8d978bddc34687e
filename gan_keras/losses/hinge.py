"""Hinge loss: the discriminator learns only from what lies inside the margin."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import loss
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Hinge(loss.Loss):
    """Hinge loss: for networks with spectral normalisation (SNGAN, SAGAN, BigGAN).

    discriminator: E max(0, 1 - D(real)) + E max(0, 1 + D(fake));  generator: -E D(fake),
    where D is the raw logit.

    Source: Lim and Ye 2017, arXiv 1705.02894; Miyato et al. 2018, arXiv 1802.05957, equations 16
    and 17.
    """

    name: ClassVar[str] = "hinge"

    def discriminator(self, real_logits, fake_logits):
        """Distance by which real falls short of 1 and fake of -1."""
        real = tf.nn.relu(1.0 - loss.float32(real_logits))
        fake = tf.nn.relu(1.0 + loss.float32(fake_logits))
        return tf.reduce_mean(real) + tf.reduce_mean(fake)

    def generator(self, real_logits, fake_logits):
        """Minus the mean fake logit."""
        return -tf.reduce_mean(loss.float32(fake_logits))

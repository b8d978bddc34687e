"""Least-squares loss (LSGAN): regression of the logits to 1 and 0."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import loss
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class LeastSquares(loss.Loss):
    """Least-squares loss: for image-to-image networks and patch discriminators.

    It penalises also the fakes that lie far on the right side of the boundary, so gradients do not
    vanish there.

    discriminator: (E (D(real) - 1)^2 + E D(fake)^2) / 2;  generator: E (D(fake) - 1)^2 / 2,
    where D is the raw logit.

    Source: Mao et al. 2017, arXiv 1611.04076, equation 9 (a = 0, b = c = 1).

    Args:
        label_smoothing: float in [0, 0.5), taken off the real target 1. Defaults to 0.0.

    Raises:
        ValueError: `label_smoothing` is outside [0, 0.5).
    """

    name: ClassVar[str] = "least_squares"
    label_smoothing: float = 0.0

    def __post_init__(self):
        loss.check_label_smoothing(self.label_smoothing)

    def discriminator(self, real_logits, fake_logits):
        """Half the mean squared distance of real to 1 - label_smoothing and of fake to 0."""
        real = tf.square(loss.float32(real_logits) - (1.0 - self.label_smoothing))
        fake = tf.square(loss.float32(fake_logits))
        return 0.5 * (tf.reduce_mean(real) + tf.reduce_mean(fake))

    def generator(self, real_logits, fake_logits):
        """Half the mean squared distance of fake to 1; never smoothed."""
        return 0.5 * tf.reduce_mean(tf.square(loss.float32(fake_logits) - 1.0))

    def real_margins(self, real_logits, fake_logits):
        """From halfway between the two targets."""
        return loss.float32(real_logits) - (1.0 - self.label_smoothing) / 2

"""Minimax loss: the zero-sum game of the first GAN paper."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import cross_entropy, loss
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class Minimax(loss.Loss):
    """Minimax (saturating) loss: both players share one value, with opposite signs.

    For study: with an optimal discriminator the generator minimises the Jensen-Shannon divergence,
    but its gradient vanishes as soon as the discriminator is sure of itself. To train, take
    `NonSaturating`.

    With D = sigmoid(logit),
    discriminator: -E log D(real) - E log(1 - D(fake));  generator: E log(1 - D(fake)).

    Source: Goodfellow et al. 2014, arXiv 1406.2661, equation 1.

    Args:
        label_smoothing: float in [0, 0.5), taken off the real target 1. Defaults to 0.0.

    Raises:
        ValueError: `label_smoothing` is outside [0, 0.5).
    """

    name: ClassVar[str] = "minimax"
    takes_known: ClassVar[bool] = True
    label_smoothing: float = 0.0

    def __post_init__(self):
        loss.check_label_smoothing(self.label_smoothing)

    def discriminator(self, real_logits, fake_logits, known=None):
        """Cross-entropy of telling real from fake."""
        return cross_entropy.real_against_fake(
            real_logits, fake_logits, self.label_smoothing, known
        )

    def generator(self, real_logits, fake_logits):
        """Mean of log(1 - D(fake)) = -softplus(fake logit); never smoothed."""
        return -tf.reduce_mean(tf.nn.softplus(loss.float32(fake_logits)))

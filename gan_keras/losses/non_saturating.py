"""Non-saturating loss: the one that the first GAN paper trained with."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import cross_entropy, loss
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class NonSaturating(loss.Loss):
    """Non-saturating logistic loss: a sound first choice, best with an R1 penalty.

    The generator raises log D(fake) where minimax lowers log(1 - D(fake)): the same fixed point,
    but the gradient is largest where the generator does worst.

    With D = sigmoid(logit),
    discriminator: -E log D(real) - E log(1 - D(fake));  generator: -E log D(fake).

    Source: Goodfellow et al. 2014, arXiv 1406.2661, section 3.

    Args:
        label_smoothing: float in [0, 0.5), taken off the real target 1. Defaults to 0.0.

    Raises:
        ValueError: `label_smoothing` is outside [0, 0.5).
    """

    name: ClassVar[str] = "non_saturating"
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
        """Mean of -log D(fake) = softplus(-fake logit); never smoothed."""
        return tf.reduce_mean(tf.nn.softplus(-loss.float32(fake_logits)))

"""Relativistic losses: is a real image more real than a fake one?"""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.losses import loss
from gan_keras.machines import replicas
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class RelativisticAverage(loss.Loss):
    """Relativistic average loss (RaGAN): each logit against the other side's mean.

    With r and f the logits, r' = r - E f and f' = f - E r,
    discriminator: E softplus(-r') + E softplus(f');
    generator: E softplus(r') + E softplus(-f').
    The two means are over the global batch when several replicas step together.

    Source: Jolicoeur-Martineau 2018, arXiv 1807.00734 (RaSGAN).
    """

    name: ClassVar[str] = "relativistic_average"
    generator_needs_real: ClassVar[bool] = True

    def discriminator(self, real_logits, fake_logits):
        """Real above the mean fake, fake below the mean real."""
        real, fake = _against_mean(real_logits, fake_logits)
        return tf.reduce_mean(tf.nn.softplus(-real)) + tf.reduce_mean(tf.nn.softplus(fake))

    def generator(self, real_logits, fake_logits):
        """Fake above the mean real, real below the mean fake."""
        real, fake = _against_mean(real_logits, fake_logits)
        return tf.reduce_mean(tf.nn.softplus(real)) + tf.reduce_mean(tf.nn.softplus(-fake))

    def real_margins(self, real_logits, fake_logits):
        """From the mean fake logit."""
        return _against_mean(real_logits, fake_logits)[0]


@register
@dataclasses.dataclass(kw_only=True)
class RelativisticPaired(loss.Loss):
    """Relativistic paired loss (RpGAN): each real logit against one fake logit.

    With R1 and R2 penalties it is R3GAN's objective, which converges locally and keeps every mode
    of the data within reach: a fake is judged beside a real image, never alone.

    discriminator: E softplus(-(r - f));  generator: E softplus(-(f - r)).

    Source: Jolicoeur-Martineau 2018, arXiv 1807.00734; Huang et al. 2024, arXiv 2501.05441.
    """

    name: ClassVar[str] = "relativistic_paired"
    generator_needs_real: ClassVar[bool] = True

    def discriminator(self, real_logits, fake_logits):
        """Real above its fake."""
        return tf.reduce_mean(tf.nn.softplus(loss.float32(fake_logits) - loss.float32(real_logits)))

    def generator(self, real_logits, fake_logits):
        """Fake above its real."""
        return tf.reduce_mean(tf.nn.softplus(loss.float32(real_logits) - loss.float32(fake_logits)))

    def real_margins(self, real_logits, fake_logits):
        """From its fake."""
        return loss.float32(real_logits) - loss.float32(fake_logits)


def _against_mean(real_logits, fake_logits):
    real_logits, fake_logits = loss.float32(real_logits), loss.float32(fake_logits)
    mean_real = replicas.mean(tf.reduce_mean(real_logits))
    mean_fake = replicas.mean(tf.reduce_mean(fake_logits))
    return real_logits - mean_fake, fake_logits - mean_real

"""The discriminator's side of Goodfellow's game, shared by its two generator losses."""

import tensorflow as tf

from gan_keras.losses.loss import float32


def real_against_fake(real_logits, fake_logits, label_smoothing=0.0, known=None):
    """Cross-entropy of telling real (target 1 - label_smoothing) from fake (target 0).

    With target t and D = sigmoid(logit),
    -t log D - (1 - t) log(1 - D) = softplus(-logit) + (1 - t) logit,
    which has no logarithm to overflow. Only the real side is smoothed (Salimans et al. 2016, arXiv
    1606.03498, section 3.4): a smoothed fake side would hold the generator where it is wrong.

    `known`, 1 where a fake shows what it was given and 0 elsewhere, makes real the target of those
    logits of the fakes (Suvorov et al., 2022, LaMa, arXiv 2109.07161, section 2.3.2).
    """
    real_logits, fake_logits = float32(real_logits), float32(fake_logits)
    real = tf.nn.softplus(-real_logits) + label_smoothing * real_logits
    fake = tf.nn.softplus(fake_logits)
    if known is not None:
        fake = (1.0 - known) * fake + known * tf.nn.softplus(-fake_logits)
    return tf.reduce_mean(real) + tf.reduce_mean(fake)

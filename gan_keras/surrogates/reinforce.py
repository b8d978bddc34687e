"""Reinforce: symbols that are rewarded get likelier. The policy gradient."""

import dataclasses
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.machines import replicas
from gan_keras.serialization import register
from gan_keras.surrogates import surrogate


@register
@dataclasses.dataclass(kw_only=True)
class Reinforce(surrogate.Surrogate):
    """The policy gradient: the generator is an agent, and what the discriminator thinks its reward.

    For a symbol y_t after those before it, the loss is

    -E sum over t of (R_t - b_t) log p(y_t | y_1 ... y_t-1),  R_t = sum over s >= t of
    discount^(s - t) r_s,

    whose gradient is unbiased for the expected sum of rewards if the discount is 1; below 1 it has
    less variance and looks less far ahead. The baseline b_t is a moving average of the R_t of
    earlier steps, so it changes the variance alone. The gradient does not pass the discriminator:
    its loss counts for the discriminator alone.

    A discriminator with a logit for each place rewards each symbol, r_t = 2 sigmoid(logit) - 1
    (de Masson d'Autume et al., 2019, arXiv:1905.09922, ScratchGAN, section 3), without SeqGAN's
    rollouts. One with a logit for a whole sequence rewards its last symbol (Yu et al., 2017,
    arXiv:1609.05473, SeqGAN, equation 1); then take a discount of 1. The estimator is that of
    Williams, 1992.

    Args:
        discount: in [0, 1]. Defaults to ScratchGAN's .23.
        baseline_decay: of the moving average, in [0, 1). Defaults to .99.

    Raises:
        ValueError: a number out of range.
    """

    name: ClassVar[str] = "reinforce"
    discount: float = 0.23
    baseline_decay: float = 0.99

    def __post_init__(self):
        if not 0 <= self.discount <= 1:
            raise ValueError(f"`discount` must be in [0, 1]. Received: {self.discount!r}.")
        if not 0 <= self.baseline_decay < 1:
            raise ValueError(
                f"`baseline_decay` must be in [0, 1). Received: {self.baseline_decay!r}."
            )
        self.past = None

    def build(self, length):
        """Makes the baseline, 0 at first."""
        self.past = _Baseline(length, name="reinforce")
        return self.past

    def shown(self, drawn, seen):
        """The symbols as they were drawn."""
        return drawn.symbols

    def loss(self, drawn, shown, critic, adversarial, moving):
        """The negative log-likelihood of what was drawn, weighed by its advantage."""
        if self.past is None:
            raise ValueError("Reinforce must be told the length of sequences: call `build` first.")
        rewards = self.rewards(tf.stop_gradient(critic(shown)), drawn.lasts)
        returns = self.returns(rewards)
        advantages = returns - tf.convert_to_tensor(self.past.returns)
        if moving:
            self.past.follow(returns, drawn.lasts, moving * (1.0 - self.baseline_decay))
        likely = tf.reduce_sum(drawn.symbols * tf.nn.log_softmax(drawn.logits), axis=-1)  # (b, t)
        each = tf.reduce_sum(drawn.lasts * advantages * likely, axis=1)
        return -tf.reduce_mean(each)

    def rewards(self, logits, lasts):
        """float32 (batch, length): of each symbol; or of a whole sequence, at its end.

        Args:
            logits: (batch, length, 1), one for each place; or (batch, n), of the whole.
            lasts: as in `Drawn`.
        """
        rewards = 2.0 * tf.sigmoid(tf.cast(logits, tf.float32)) - 1.0
        if len(rewards.shape) == 3:
            return lasts * rewards[:, :, 0]
        is_end = lasts - tf.pad(lasts[:, 1:], [[0, 0], [0, 1]])
        return is_end * tf.reduce_mean(rewards, axis=1, keepdims=True)

    def returns(self, rewards):
        """The discounted sum of each place's reward and those after it: float32 (batch, length)."""
        found = [rewards[:, -1]]
        for place in range(rewards.shape[1] - 2, -1, -1):
            found.append(rewards[:, place] + self.discount * found[-1])
        return tf.stack(found[::-1], axis=1)


class _Baseline(keras.layers.Layer):
    """The moving average of returns, one for each place."""

    def __init__(self, length, **arguments):
        super().__init__(dtype="float32", **arguments)
        self.returns = self.add_weight(
            name="returns",
            shape=(length,),
            initializer="zeros",
            trainable=False,
            aggregation="only_first_replica",
        )
        self.built = True

    def follow(self, returns, lasts, share):
        """Moves by a share of the way to the mean over the lines that last, of all replicas."""
        sums = replicas.mean(tf.reduce_mean(tf.stack([lasts * returns, lasts]), axis=1))
        mean = tf.math.divide_no_nan(sums[0], sums[1])
        moved = share * tf.cast(sums[1] > 0, tf.float32) * (mean - self.returns)
        self.returns.assign(self.returns + moved)

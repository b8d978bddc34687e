"""Relaxed: the discriminator sees shares, which come ever closer to symbols."""

import dataclasses
import math
from typing import ClassVar

import tensorflow as tf

from gan_keras.serialization import register
from gan_keras.surrogates import surrogate


@register
@dataclasses.dataclass(kw_only=True)
class Relaxed(surrogate.Surrogate):
    """The Gumbel-softmax relaxation with a temperature that falls, as RelGAN has it.

    The discriminator is shown softmax((logits + noise) / t), and t falls from `temperature` to
    `final` by equal factors, t = temperature * (final / temperature) ** (seen / annealing): at
    first the gradient is smooth and its shares are far from symbols, at last they are symbols and
    it is rough. What the generator is told of its own past, and what is sampled, are always
    symbols.

    Source: Nie, Narodytska, Patel, 2019, RelGAN (ICLR), section 3.2, whose beta is 1 / t, from 1
    to 100 or 1,000. (Its published code divides by a number of steps that is not that of the run,
    and ends at 6.3 in place of 100.)

    Args:
        temperature: to begin with, above 0. Defaults to 1.
        final: at last, above 0. Defaults to .01.
        annealing: how many sequences the game is shown until then, above 0. Defaults to 500,000.

    Raises:
        ValueError: a number that is not above 0.
    """

    name: ClassVar[str] = "relaxed"
    temperature: float = 1.0
    final: float = 0.01
    annealing: int = 500_000

    def __post_init__(self):
        surrogate.check_positive(
            temperature=self.temperature, final=self.final, annealing=self.annealing
        )

    def temperature_after(self, seen):
        """The temperature when the game was shown so many sequences: float32 scalar."""
        progress = tf.clip_by_value(tf.cast(seen, tf.float32) / self.annealing, 0.0, 1.0)
        return self.temperature * tf.exp(progress * math.log(self.final / self.temperature))

    def shown(self, drawn, seen):
        """Shares of symbols."""
        noisy = drawn.logits + drawn.noise
        return self.until_the_end(tf.nn.softmax(noisy / self.temperature_after(seen)), drawn)

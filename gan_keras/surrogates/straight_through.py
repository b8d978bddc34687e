"""Straight-through: symbols go forth, the gradient of a softmax comes back."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.serialization import register
from gan_keras.surrogates import surrogate


@register
@dataclasses.dataclass(kw_only=True)
class StraightThrough(surrogate.Surrogate):
    """The discriminator sees symbols; its gradient passes as if they were shares.

    What is shown is y + s - stop_gradient(s), with y the drawn symbol and
    s = softmax((logits + noise) / temperature). Biased, and of little variance.

    Source: Jang, Gu, Poole, 2017, arXiv:1611.01144, section 2.2.

    Args:
        temperature: of the shares, above 0. Defaults to 1.

    Raises:
        ValueError: a temperature that is not above 0.
    """

    name: ClassVar[str] = "straight_through"
    temperature: float = 1.0

    def __post_init__(self):
        surrogate.check_positive(temperature=self.temperature)

    def shown(self, drawn, seen):
        """The symbols, with the gradient of shares."""
        shares = tf.nn.softmax((drawn.logits + drawn.noise) / self.temperature)
        shares = self.until_the_end(shares, drawn)
        return drawn.symbols + (shares - tf.stop_gradient(shares))

"""What a surrogate is: what takes the place of the gradient that a draw does not have."""

import dataclasses
from typing import Any

import tensorflow as tf

from gan_keras.serialization import Configurable


@dataclasses.dataclass(frozen=True, kw_only=True)
class Drawn:
    """Sequences that were drawn, and what they were drawn by.

    Attributes:
        symbols: float32 (batch, length, symbols), one-hot; no gradient.
        logits: the same shape, of each symbol after those before it; with the generator's gradient.
        noise: the same shape, standard Gumbel: the largest of logit + noise was drawn.
        lasts: float32 (batch, length), 1 until the line has ended, its end included, 0 behind it.
    """

    symbols: Any
    logits: Any
    noise: Any
    lasts: Any


@dataclasses.dataclass(kw_only=True)
class Surrogate(Configurable):
    """Base of the surrogates: abstract; every subclass is final.

    A surrogate of your own is a registered keyword-only dataclass with a `name` and `shown`. One
    whose gradient does not come through the discriminator has a `loss`, too.
    """

    def build(self, length):
        """A `keras.layers.Layer` with what it keeps from step to step, for sequences of `length`.

        The model calls it once, in its `__init__`, and tracks what it gives; None for nothing.
        """
        return None

    def shown(self, drawn, seen):
        """What the discriminator is shown: float32 (batch, length, symbols).

        Args:
            drawn: a `Drawn`.
            seen: float32 scalar, how many sequences the game was shown before this step.
        """
        raise NotImplementedError(f"{type(self).__name__} has no `shown` method.")

    def loss(self, drawn, shown, critic, adversarial, moving):
        """What the generator minimises: a float32 scalar. Here the loss, through what was shown.

        Args:
            drawn: a `Drawn`.
            shown: what `shown` gave of it.
            critic: function from sequences to logits of the discriminator, larger for real ones:
                (batch, n), or (batch, length, 1) with one for each place.
            adversarial: function from sequences to the generator's side of the adversarial loss.
            moving: the share in one update of what is kept from step to step; 0 in evaluation.
        """
        return adversarial(shown)

    def until_the_end(self, shown, drawn):
        """`shown` until a line has ended, and behind it the padding that was drawn."""
        return tf.where(drawn.lasts[:, :, None] > 0, shown, drawn.symbols)


def check_positive(**values):
    """Raises ValueError for a number that is not above 0."""
    for name, value in values.items():
        if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value < 1e12:
            raise ValueError(f"`{name}` must be a number above 0. Received: {value!r}.")

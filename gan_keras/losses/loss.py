"""What a loss is: two functions of raw logits, one for each player."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.serialization import Configurable


@dataclasses.dataclass(kw_only=True)
class Loss(Configurable):
    """Base of the adversarial losses: abstract; every subclass is final.

    A loss of your own is a registered keyword-only dataclass with the two methods below; hand an
    object of it to a model. Start each method with `float32(...)`, so that float16 logits neither
    overflow nor lose the gradient, and end in `tf.reduce_mean` over everything.

    ```python
    @gan_keras.serialization.register
    @dataclasses.dataclass(kw_only=True)
    class Quadratic(Loss):
        margin: float = 1.0

        def discriminator(self, real_logits, fake_logits): ...
        def generator(self, real_logits, fake_logits): ...
    ```
    """

    generator_needs_real: ClassVar[bool] = False
    """Whether `generator` reads `real_logits`; where not, they may be None."""
    takes_known: ClassVar[bool] = False
    """Whether `discriminator` takes `known`: 1 for the logits of fakes that count as real."""

    def discriminator(self, real_logits, fake_logits):
        """What the discriminator minimises: a float32 scalar from logits of any one shape."""
        raise NotImplementedError(f"{type(self).__name__} has no `discriminator` method.")

    def generator(self, real_logits, fake_logits):
        """What the generator minimises: a float32 scalar from logits of any one shape."""
        raise NotImplementedError(f"{type(self).__name__} has no `generator` method.")

    def real_margins(self, real_logits, fake_logits):
        """By how much each real logit is on the right side: adaptive augmentation counts the signs.

        Here, from 0, where a discriminator of cross-entropies is in doubt. A loss that is in doubt
        elsewhere says where.
        """
        return float32(real_logits)


def float32(logits):
    """`logits` as float32: a loss is never computed in half precision."""
    return tf.cast(logits, tf.float32)


def check_label_smoothing(label_smoothing):
    """Refuses a smoothing outside [0, 0.5): at a half, real would count as fake."""
    if not 0 <= label_smoothing < 0.5:
        raise ValueError(
            f"`label_smoothing` must be in [0, 0.5). Received: {label_smoothing}. "
            "0.1 makes the real target 0.9."
        )

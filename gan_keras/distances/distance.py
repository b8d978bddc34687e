"""What a distance is: how far what a translator made is from what it should have made."""

import dataclasses
import math
import numbers
from typing import ClassVar

import tensorflow as tf

from gan_keras.serialization import Configurable


@dataclasses.dataclass(kw_only=True)
class Distance(Configurable):
    """Base of the distances: abstract; every subclass is final.

    A reconstruction term of a translator's generator: fake i is compared with real i. A distance of
    your own is a registered keyword-only dataclass with a `name` and a `compute`. Start `compute`
    with a cast to float32 and end it in a mean over the batch.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.

    Raises:
        ValueError: a negative, infinite or NaN `weight`.
    """

    name: ClassVar[str] = "distance"
    needs_features: ClassVar[bool] = False
    """Whether it compares features of the discriminator, not images."""
    weight: float = 1.0

    def __post_init__(self):
        check_weight("weight", self.weight, type(self).__name__)

    def __call__(self, real, fake, mask=None):
        """The term with its weight.

        Args:
            real: float32 images (batch, h, w, c) in [-1, 1]; some distances take any rank.
            fake: the same shape.
            mask: float32 (batch, h, w, 1), 1 where a pixel was missing from the input, 0 where it
                was known; None where nothing was. A distance that does not weigh pixels leaves it
                alone.

        Returns:
            A float32 scalar: `weight` times the mean over the batch.
        """
        return self.weight * self.compute(real, fake, mask)

    def compute(self, real, fake, mask):
        """The mean over the batch without `weight`: a float32 scalar; arguments as in a call."""
        raise NotImplementedError(f"{type(self).__name__} has no `compute` method.")


def check_weight(field, value, kind):
    """Refuses a weight that is no finite number from 0 up."""
    if not (isinstance(value, numbers.Real) and value >= 0 and math.isfinite(value)):
        raise ValueError(
            f"`{field}` of {kind} must be a finite number, at least 0. Received: {value!r}."
        )


def float32(values):
    """`values` as float32: a distance is never computed in half precision."""
    return tf.cast(values, tf.float32)

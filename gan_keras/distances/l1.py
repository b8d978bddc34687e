"""Mean absolute difference of pixels."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.distances.pixelwise import Pixelwise
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class L1(Pixelwise):
    """L1 distance: the first reconstruction term to try.

    It blurs less than L2. pix2pix takes weight 100; CycleGAN 10 for both cycles; LaMa, which paints
    in holes and leaves what they hold to the discriminator, `known_weight=10, missing_weight=0`.

    weight * mean(w * |real - fake|), over all elements; see `Pixelwise` for w.

    Source: Isola et al. 2017, arXiv 1611.07004, equation 3; the weights: Suvorov et al. 2021, arXiv
    2109.07161, and its code.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.
        known_weight: float >= 0, of pixels that the input showed. Defaults to 1.0.
        missing_weight: float >= 0, of pixels that it did not. Defaults to 1.0.

    Raises:
        ValueError: a negative or infinite weight; two different weights without a mask.

    Example:
        >>> float(L1(weight=100.0)([[0.0, 0.5]], [[0.25, 0.25]]))
        25.0
    """

    name: ClassVar[str] = "l1"

    def differences(self, gaps):
        """Absolute values."""
        return tf.abs(gaps)

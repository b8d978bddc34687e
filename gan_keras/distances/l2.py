"""Mean squared difference of pixels."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.distances.pixelwise import Pixelwise
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class L2(Pixelwise):
    """L2 distance, the mean squared error: where PSNR is what counts.

    Where several answers fit the input it asks for their mean, which is blurred. The context
    encoder takes weight 0.999 beside 0.001 of the adversarial loss.

    weight * mean(w * (real - fake)^2), over all elements; see `Pixelwise` for w.

    Source: Pathak et al. 2016, arXiv 1604.07379, equation 1.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.
        known_weight: float >= 0, of pixels that the input showed. Defaults to 1.0.
        missing_weight: float >= 0, of pixels that it did not. Defaults to 1.0.

    Raises:
        ValueError: a negative or infinite weight; two different weights without a mask.
    """

    name: ClassVar[str] = "l2"

    def differences(self, gaps):
        """Squares."""
        return tf.square(gaps)

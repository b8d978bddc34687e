"""What L1 and L2 share: one number for each pixel, and weights of known and missing ones."""

import dataclasses

import tensorflow as tf

from gan_keras.distances import distance


@dataclasses.dataclass(kw_only=True)
class Pixelwise(distance.Distance):
    """Base of the distances that compare element by element: abstract.

    weight * mean(w * d(real, fake)), where w is `missing_weight` where the mask is 1 and
    `known_weight` where it is 0, and the mean is over all elements, masked or not. So the term
    shrinks with the hole it looks at, as in LaMa's code.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.
        known_weight: float >= 0, of pixels that the input showed. Defaults to 1.0.
        missing_weight: float >= 0, of pixels that it did not. Defaults to 1.0.

    Raises:
        ValueError: a negative or infinite weight; two different weights without a mask.
    """

    known_weight: float = 1.0
    missing_weight: float = 1.0

    def __post_init__(self):
        super().__post_init__()
        for field in ("known_weight", "missing_weight"):
            distance.check_weight(field, getattr(self, field), type(self).__name__)

    def compute(self, real, fake, mask):
        """Mean over all elements of any shape; with a mask of images, weighted."""
        differences = self.differences(distance.float32(real) - distance.float32(fake))
        if self.known_weight == self.missing_weight:
            return self.known_weight * tf.reduce_mean(differences)
        if mask is None:
            raise ValueError(
                f"{type(self).__name__} has `known_weight` (={self.known_weight}) and "
                f"`missing_weight` (={self.missing_weight}), but there is no mask to tell them "
                "apart. Use a corruption that gives one, or make the weights equal."
            )
        mask = distance.float32(mask)
        weights = self.known_weight * (1.0 - mask) + self.missing_weight * mask
        return tf.reduce_mean(weights * differences)

    def differences(self, gaps):
        """What each gap between real and fake counts: float32 of the same shape."""
        raise NotImplementedError(f"{type(self).__name__} has no `differences` method.")

"""One minus structural similarity."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.distances import distance
from gan_keras.serialization import register

WINDOW = 11


@register
@dataclasses.dataclass(kw_only=True)
class SSIM(distance.Distance):
    """Structural dissimilarity, 1 - SSIM: beside L1, where edges matter more than levels.

    Means, variances and the covariance of each 11 x 11 window under a Gaussian of standard
    deviation 1.5, on images scaled to [0, 1]; windows that lie inside only; the mean over windows,
    channels and images. It is tf.image.ssim, so what `metrics.ssim` scores. A mask changes nothing:
    windows look across its border.

    Source: Wang et al. 2004, Image quality assessment: from error visibility to structural
    similarity; as a loss: Zhao et al. 2015, arXiv 1511.08861.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.

    Raises:
        ValueError: a negative or infinite weight; images smaller than 11 x 11 (when called).
    """

    name: ClassVar[str] = "ssim"

    def compute(self, real, fake, mask):
        """In [0, 2]; 0 for equal images."""
        real, fake = distance.float32(real), distance.float32(fake)
        if real.shape.rank != 4 or min(side or WINDOW for side in real.shape[1:3]) < WINDOW:
            raise ValueError(
                f"SSIM takes images (batch, h, w, c) of at least {WINDOW} x {WINDOW} pixels. "
                f"Received: shape {tuple(real.shape)}. Use L1 instead."
            )
        similarity = tf.image.ssim((real + 1.0) / 2.0, (fake + 1.0) / 2.0, max_val=1.0)
        return 1.0 - tf.reduce_mean(similarity)

"""Distance of the discriminator's features of fake i and of real i."""

import dataclasses
from typing import ClassVar

import tensorflow as tf

from gan_keras.distances import distance
from gan_keras.serialization import register
from gan_keras.spelling import nearest

CRITERIA = {"l1": tf.abs, "l2": tf.square}
# What the mean over the layers of a scale is multiplied by, from the number of layers.
NORMALIZATIONS = {
    "pix2pixhd": lambda num_layers: 4.0,
    "sum": lambda num_layers: float(num_layers),
    "mean": lambda num_layers: 1.0,
}


@register
@dataclasses.dataclass(kw_only=True)
class FeatureDistance(distance.Distance):
    """Feature matching of pairs: steadies a translator whose discriminator changes quickly.

    Unlike `penalties.FeatureMatching`, which compares the means of a batch, it compares each fake
    with its own real image. No gradient goes into the real side.

    weight * mean over scales of (n * mean over layers of mean d(real features, fake features)),
    where d is |.| or (.)^2, and n is

    - "pix2pixhd": 4, from that paper's code: 4 / (n_layers + 1) times the sum over its n_layers + 1
      layers of features;
    - "sum": the number of layers, so the sum over them: SPADE's;
    - "mean": 1: LaMa's, with `criterion="l2"` and weight 100.

    With the usual four layers the first two are equal.

    Source: Wang et al. 2018, arXiv 1711.11585, equation 4, and its code; Park et al. 2019, arXiv
    1903.07291; Suvorov et al. 2021, arXiv 2109.07161.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 10.0, pix2pixHD's and SPADE's.
        criterion: "l1" or "l2". Defaults to "l1".
        normalization: "pix2pixhd", "sum" or "mean". Defaults to "pix2pixhd".

    Raises:
        ValueError: a negative or infinite weight; an unknown name; features that do not pair up.
    """

    name: ClassVar[str] = "feature_matching"
    needs_features: ClassVar[bool] = True
    weight: float = 10.0
    criterion: str = "l1"
    normalization: str = "pix2pixhd"

    def __post_init__(self):
        super().__post_init__()
        for field, known in (("criterion", CRITERIA), ("normalization", NORMALIZATIONS)):
            value = getattr(self, field)
            if value not in known:
                raise ValueError(
                    f"Unknown `{field}` {value!r} of FeatureDistance.{nearest(value, known)}"
                )

    def compute(self, real, fake, mask):
        """Mean over scales of the layers' distances, added up as `normalization` says.

        Args:
            real: a list (scales of the discriminator) of lists (its layers) of features, tensors
                of any rank with the batch first; without the logits.
            fake: the same.
            mask: not looked at.
        """
        sizes = [len(layers) for layers in real], [len(layers) for layers in fake]
        if sizes[0] != sizes[1] or not sizes[0] or not all(sizes[0]):
            raise ValueError(
                "FeatureDistance takes features as lists (scales) of lists (layers), as many real "
                f"as fake ones and at least one. Received: {sizes[0]} real and {sizes[1]} fake "
                "layers."
            )
        pairs = zip(real, fake, strict=True)
        return tf.reduce_mean([self._of_scale(*layers) for layers in pairs])

    def _of_scale(self, real, fake):
        times = NORMALIZATIONS[self.normalization](len(real))
        pairs = zip(real, fake, strict=True)
        return times * tf.reduce_mean([self._between(*layer) for layer in pairs])

    def _between(self, real, fake):
        gaps = tf.stop_gradient(distance.float32(real)) - distance.float32(fake)
        return tf.reduce_mean(CRITERIA[self.criterion](gaps))

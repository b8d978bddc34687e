"""Distance between what a trained network sees in two images."""

import dataclasses
import functools
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.distances import distance
from gan_keras.pretrained import efficientnet_lite
from gan_keras.serialization import register

MIN_SIZE = 32  # the deepest map is then one pixel
EPSILON = 1e-6


@register
@dataclasses.dataclass(kw_only=True)
class Perceptual(distance.Distance):
    """Perceptual distance: beside L1, where texture matters more than the place of each pixel.

    weight * mean over images, maps and places of sum_c (r_c - f_c)^2, where r and f are the feature
    vectors of real and fake at that place, divided by their lengths. The maps are five of
    EfficientNet-Lite0's, trained on ImageNet, with pixels 2, 4, 8, 16 and 32 times as wide as the
    image's. That is LPIPS's distance of another network, without its learned weights of channels,
    so its values compare with no published LPIPS. Images are shown at their own size, grey ones in
    three equal channels. A mask changes nothing: the network looks across its border.

    The network is frozen, computes in float32 under every policy, and is not saved with a model:
    who loads the model needs the package too. A gradient reaches both arguments.

    Source: Zhang et al. 2018, arXiv 1801.03924, equation 1; as a loss: Johnson et al. 2016, arXiv
    1603.08155.

    Args:
        weight: float >= 0, the factor of the term. Defaults to 1.0.

    Raises:
        ImportError: the package with the network's weights is not installed.
        ValueError: a negative or infinite weight; images of fewer than 32 pixels a side, or of
            neither 1 nor 3 channels (when called).
    """

    name: ClassVar[str] = "perceptual"

    def __post_init__(self):
        super().__post_init__()
        _maps(
            efficientnet_lite.LITE0
        )  # says at once what is missing; no variable may be made in a step

    def compute(self, real, fake, mask):
        """In [0, 4]; 0 for equal images."""
        return tf.reduce_mean(between(real, fake))


def between(real, fake, network=efficientnet_lite.LITE0):
    """The distance of each pair of images, without weight.

    Args:
        real: float32 images (batch, h, w, 1 or 3) in [-1, 1], of 32 pixels or more a side.
        fake: the same shape.
        network: the `EfficientNetLite` that looks. Defaults to the one that is trained with.

    Returns:
        float32 (batch,) in [0, 4].

    Raises:
        ValueError: other shapes.
    """
    # One pass each: no gradient is then computed for the side that nobody learns from.
    pairs = zip(_seen(real, network), _seen(fake, network), strict=True)
    by_map = [
        tf.reduce_mean(tf.reduce_sum(tf.square(r - f), axis=-1), axis=[1, 2]) for r, f in pairs
    ]
    return tf.add_n(by_map) / len(by_map)


def _seen(images, network):
    """Five maps of feature vectors of length 1: (batch, h / 2, w / 2, 16), ..."""
    images = distance.float32(images)
    shape = images.shape
    if (
        shape.rank != 4
        or shape[-1] not in (1, 3)
        or min(side or MIN_SIZE for side in shape[1:3]) < MIN_SIZE
    ):
        raise ValueError(
            f"Perceptual takes images (batch, h, w, 1 or 3) of at least {MIN_SIZE} x {MIN_SIZE} "
            f"pixels. Received: shape {tuple(shape)}. Use L1 instead."
        )
    if shape[-1] == 1:
        images = tf.repeat(images, 3, axis=-1)
    maps = _maps(network)(efficientnet_lite.normalized(images), training=False)
    # The square root of 0 has no gradient, so something is added first.
    return [x * tf.math.rsqrt(tf.reduce_sum(x * x, axis=-1, keepdims=True) + EPSILON) for x in maps]


@functools.cache
def _maps(network):
    """A network up to its last feature map; every distance shares it."""
    model = network.network()
    return keras.Model(model.input, [model.output[name] for name in efficientnet_lite.MAPS])

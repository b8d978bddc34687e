"""How far pairs of images are from each other in the eyes of a trained network."""

import functools

import numpy as np

from gan_keras import images as conversion
from gan_keras.metrics.features.base import as_samples, three_channels

BATCH = 64
NETWORKS = ("lite0", "lite2")
MIN_SIZE = 32  # that of distances.Perceptual, whose import would load TensorFlow


def perceptual_distance(first, second, *, network="lite0"):
    """Mean perceptual distance of images in pairs: 0 for equal ones, at most 4.

    When to use it: for a translator, on held-out pairs, where a pixel's exact place does not matter
    but what is there does. With "lite0" it is what `distances.Perceptual` trains on, so a model
    trained with it has an advantage by it: look with "lite2", too. LPIPS is another network's
    distance, and not comparable.

    Source: Zhang et al. (2018), arXiv:1801.03924, equation 1, without learned weights.

    Args:
        first: (num, h, w, 1 or 3), uint8, or floats in [-1, 1] (rounded to bytes first); of 32
            pixels or more a side.
        second: the same.
        network: "lite0" or "lite2", which EfficientNet-Lite looks. Defaults to "lite0".

    Returns:
        float in [0, 4]; lower is nearer.

    Raises:
        ImportError: the package with the network's weights is not installed.
        ValueError: no images, or of two shapes, too small, or NaN or infinite pixels; an unknown
            network.
    """
    if network not in NETWORKS:
        raise ValueError(f"`network` is one of {', '.join(NETWORKS)}. Received: {network!r}.")
    first, second = as_samples(first), as_samples(second)
    if first.ndim != 4 or first.shape != second.shape:
        raise ValueError(
            "Perceptual distance takes pairs of images (num, h, w, c) of one shape. Received: "
            f"{first.shape} and {second.shape}."
        )
    if min(first.shape[1:3]) < MIN_SIZE:
        raise ValueError(
            f"Perceptual distance takes images of at least {MIN_SIZE} pixels a side. "
            f"Received: {first.shape[1]} x {first.shape[2]}. Use `ms_ssim` instead."
        )
    first, second = (three_channels(images, "perceptual") for images in (first, second))
    total = 0.0
    for start in range(0, len(first), BATCH):
        part = slice(start, start + BATCH)
        found = _between(network)(
            conversion.to_float(first[part]), conversion.to_float(second[part])
        )
        total += float(np.sum(found, dtype="float64"))
    return total / len(first)


@functools.cache
def _between(name):
    """Traced once for all sizes and numbers of images."""
    import tensorflow as tf

    from gan_keras.distances import perceptual
    from gan_keras.pretrained import efficientnet_lite

    network = {"lite0": efficientnet_lite.LITE0, "lite2": efficientnet_lite.LITE2}[name]
    network.network()  # made outside of the graph
    images = tf.TensorSpec((None, None, None, 3))
    return tf.function(
        lambda first, second: perceptual.between(first, second, network),
        input_signature=[images, images],
    )

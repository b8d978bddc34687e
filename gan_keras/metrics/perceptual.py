"""How far pairs of images are from each other in the eyes of a trained network."""

import functools

import numpy as np

from gan_keras import images as conversion
from gan_keras.metrics.features.base import as_samples, three_channels

BATCH = 64
MIN_SIZE = 32  # that of distances.Perceptual, whose import would load TensorFlow


def perceptual_distance(first, second):
    """Mean perceptual distance of images in pairs: 0 for equal ones, at most 4.

    When to use it: for a translator, on held-out pairs, where a pixel's exact place does not matter
    but what is there does. It is what `distances.Perceptual` trains on, so a model trained with it
    has an advantage by it. LPIPS is another network's distance, and not comparable.

    Source: Zhang et al. (2018), arXiv:1801.03924, equation 1, without learned weights.

    Args:
        first: (num, h, w, 1 or 3), uint8, or floats in [-1, 1] (rounded to bytes first); of 32
            pixels or more a side.
        second: the same.

    Returns:
        float in [0, 4]; lower is nearer.

    Raises:
        ImportError: the package with the network's weights is not installed.
        ValueError: no images, or of two shapes, too small, or NaN or infinite pixels.
    """
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
        found = _between()(conversion.to_float(first[part]), conversion.to_float(second[part]))
        total += float(np.sum(found, dtype="float64"))
    return total / len(first)


@functools.cache
def _between():
    """Traced once for all sizes and numbers of images."""
    import tensorflow as tf

    from gan_keras.distances import perceptual

    perceptual.Perceptual()  # makes the network, outside of the graph
    images = tf.TensorSpec((None, None, None, 3))
    return tf.function(perceptual.between, input_signature=[images, images])

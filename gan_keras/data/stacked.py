"""Stacked images: three grey ones in the three colour channels, a thousand modes of ten classes.

Metz, Poole, Pfau, Sohl-Dickstein, "Unrolled Generative Adversarial Networks", 2017,
arXiv:1611.02163, did so with MNIST to count the modes that a generator covers.
"""

import numpy as np

from gan_keras.data.bundled import fashion_mnist_10k
from gan_keras.data.source import Source

NUM_SAMPLES = 50_000


def stacked_fashion_mnist(*, split="train"):
    """50,000 triples of the bundled images, uint8 (28, 28, 3), labels in [0, 1000)."""
    return stack(fashion_mnist_10k(split=split), NUM_SAMPLES, seed=0)


def stack(source, num_samples, *, seed):
    """Draws triples of a source of grey images with ten classes, with replacement.

    Args:
        source: a labelled `Source` of images (h, w, 1).
        num_samples: how many triples.
        seed: equal seeds draw the same triples.

    Returns:
        A `Source` of images (h, w, 3). The label is 100 a + 10 b + c, where a, b and c are the
        classes in the first, second and third channel.

    Raises:
        ValueError: `source` is not grey or has not ten classes.
    """
    if not source.is_images or source.sample_shape[-1] != 1 or source.num_classes != 10:
        raise ValueError(
            f"'{source.name}' has samples of shape {source.sample_shape} in {source.num_classes} "
            "classes, but only grey images of ten classes can be stacked."
        )
    picks = np.random.default_rng(seed).integers(source.num_samples, size=(num_samples, 3))
    samples = np.empty((num_samples, *source.sample_shape[:2], 3), "uint8")
    for channel in range(3):
        samples[..., channel] = source.samples[picks[:, channel], ..., 0]
    return Source(
        name=f"stacked_{source.name}",
        samples=samples,
        labels=source.labels[picks] @ np.array([100, 10, 1]),
        class_names=[f"{mode:03d}" for mode in range(1000)],
        extractor=source.extractor and f"{source.extractor}_by_channel",
    )

"""What both sides of a comparison compute on: made from seeds, so that no weights are kept.

Needs numpy alone: benchmarks/making/reference_fixtures.py imports it beside PyTorch, the tests
beside TensorFlow.
"""

import zlib

import numpy as np

IMAGE_SIZES = ((28, 28), (64, 48), (299, 299), (320, 350))


def features(*, num_real=400, num_fake=300, width=24):
    """Correlated, skewed, non-negative features that overlap in part."""
    random = np.random.default_rng(7)
    mixing = random.normal(size=(width, width)) / np.sqrt(width)
    real = np.maximum(random.normal(size=(num_real, width)) @ mixing + 0.3, 0)
    fake = np.maximum(random.normal(size=(num_fake, width)) @ mixing * 0.8 + 0.4, 0)
    return real, fake


def logits(*, num=500, classes=12):
    return np.random.default_rng(8).normal(size=(num, classes)) * 3


def images(size):
    """Two uint8 images: noise over a slope, so that neither detail nor shape is missing."""
    height, width = size
    random = np.random.default_rng([height, width])
    slope = np.linspace(0, 160, width) + np.linspace(0, 60, height)[:, None]
    noise = random.integers(0, 36, (2, height, width, 3))
    return (slope[None, :, :, None] * random.random((2, 1, 1, 3)) + noise).astype("uint8")


def weight(name, shape):
    """One tensor of the Inception network, scaled so that activations neither die nor explode."""
    random = np.random.default_rng(zlib.crc32(name.encode()))
    if name.endswith("running_var"):
        return random.uniform(0.5, 1.5, shape).astype("float32")
    if name.endswith("bn.weight"):
        return random.uniform(0.8, 1.2, shape).astype("float32")
    if len(shape) == 1:  # biases and running means
        return random.normal(0, 0.1, shape).astype("float32")
    return random.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape).astype("float32")

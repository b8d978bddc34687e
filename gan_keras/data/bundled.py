"""The images that come with the package: the first 1,000 of each class of Fashion-MNIST."""

import pathlib

import numpy as np

from gan_keras.data import class_names
from gan_keras.data.source import Source

PATH = pathlib.Path(__file__).with_name("fashion_mnist_10k.npz")
EXTRACTOR = "fashion_mnist_classifier"


def fashion_mnist_10k(*, split="train"):
    """10,000 training images of Fashion-MNIST, uint8 (28, 28, 1), ten classes of 1,000.

    Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
    Algorithms", 2017, arXiv:1708.07747. MIT licence, beside the file. Order as in the original.

    Raises:
        ValueError: `split` is not "train": no test images are bundled.
    """
    return _first_of_each_class("fashion_mnist_10k", 1_000, split)


def fashion_mnist_500(*, split="train"):
    """500 of the same, the first 50 of each class: to see what few images do to a GAN.

    Raises:
        ValueError: `split` is not "train".
    """
    return _first_of_each_class("fashion_mnist_500", 50, split)


def _first_of_each_class(name, num, split):
    if split != "train":
        raise ValueError(
            f"'{name}' has no '{split}' split, only training images are bundled. Take "
            "'fashion_mnist' (network once, or Debian's package dataset-fashion-mnist), or hold "
            "some out: source(...).split(0.1)."
        )
    with np.load(PATH) as archive:
        samples, labels = archive["images"], archive["labels"]
    places = [np.flatnonzero(labels == label)[:num] for label in np.unique(labels)]
    chosen = np.sort(np.concatenate(places))
    return Source(
        name=name,
        samples=samples[chosen],
        labels=labels[chosen],
        class_names=class_names.FASHION_MNIST,
        extractor=EXTRACTOR,
    )

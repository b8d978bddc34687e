"""The images that come with the package: the first 1,000 of each class of Fashion-MNIST."""

import pathlib

import numpy as np

from gan_keras.data import class_names
from gan_keras.data.source import Source

PATH = pathlib.Path(__file__).with_name("fashion_mnist_10k.npz")


def fashion_mnist_10k(*, split="train"):
    """10,000 training images of Fashion-MNIST, uint8 (28, 28, 1), ten classes of 1,000.

    Xiao, Rasul, Vollgraf, "Fashion-MNIST: a Novel Image Dataset for Benchmarking Machine Learning
    Algorithms", 2017, arXiv:1708.07747. MIT licence, beside the file. Order as in the original.

    Raises:
        ValueError: `split` is not "train": no test images are bundled.
    """
    if split != "train":
        raise ValueError(
            f"'fashion_mnist_10k' has no '{split}' split, only training images are bundled. Take "
            "'fashion_mnist' (network once, or Debian's package dataset-fashion-mnist), or hold "
            "some out: source(...).split(0.1)."
        )
    with np.load(PATH) as archive:
        samples, labels = archive["images"], archive["labels"]
    return Source(
        name="fashion_mnist_10k",
        samples=samples,
        labels=labels,
        class_names=class_names.FASHION_MNIST,
    )

"""MNIST, Fashion-MNIST, CIFAR-10 and CIFAR-100, from this machine or fetched by Keras.

Keras keeps what it fetched in `~/.keras/datasets` (or `$KERAS_HOME/datasets`), so that the network
is needed once; official files that somebody put there will do (`official_files.py`). Fashion-MNIST
is taken from Debian's package dataset-fashion-mnist where it is installed, which needs no network
at all.
"""

import pathlib
import socket

from gan_keras.data import class_names, idx, official_files
from gan_keras.data.bundled import EXTRACTOR
from gan_keras.data.source import Source

DEBIAN_FASHION_MNIST = pathlib.Path("/usr/share/datasets/fashion-mnist")
SECONDS_WITHOUT_ANSWER = 30.0


def mnist(*, split="train"):
    """Handwritten digits, uint8 (28, 28, 1): 60,000 for training, 10,000 for testing.

    LeCun, Cortes, Burges, http://yann.lecun.com/exdb/mnist. CC BY-SA 3.0.
    """
    return _fetched("mnist", split, class_names.DIGITS)


def fashion_mnist(*, split="train"):
    """Garments, uint8 (28, 28, 1), ten classes: 60,000 for training, 10,000 for testing.

    Xiao, Rasul, Vollgraf, 2017, arXiv:1708.07747. MIT licence.
    """
    if not DEBIAN_FASHION_MNIST.is_dir():
        return _fetched("fashion_mnist", split, class_names.FASHION_MNIST, EXTRACTOR)
    _known_split("fashion_mnist", split)
    samples, labels = idx.read_split(DEBIAN_FASHION_MNIST, split)
    return Source(
        name="fashion_mnist",
        samples=samples,
        labels=labels,
        class_names=class_names.FASHION_MNIST,
        extractor=EXTRACTOR,
    )


def cifar10(*, split="train"):
    """Photographs, uint8 (32, 32, 3), ten classes: 50,000 for training, 10,000 for testing.

    Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009.
    """
    return _fetched("cifar10", split, class_names.CIFAR10)


def cifar100(*, split="train"):
    """As `cifar10`, in a hundred classes (the fine labels)."""
    return _fetched("cifar100", split, class_names.CIFAR100)


def _fetched(name, split, names, extractor=None):
    _known_split(name, split)
    found = official_files.found(name, split)
    samples, labels = _load(name)[split == "test"] if found is None else found
    return Source(name=name, samples=samples, labels=labels, class_names=names, extractor=extractor)


def _load(name):
    """Both splits, fetched by Keras, which keeps them in its cache."""
    import keras  # brings TensorFlow, which takes seconds

    patience = socket.getdefaulttimeout()
    socket.setdefaulttimeout(SECONDS_WITHOUT_ANSWER)  # Keras itself would wait for ever
    try:
        return getattr(keras.datasets, name).load_data()
    except Exception as error:  # Keras raises bare exceptions for whatever the network did
        raise ValueError(
            f"'{name}' is not on this machine and can't be fetched ({_one_line(error)}). "
            f"{official_files.wanted(name)} Without it take 'fashion_mnist_10k', "
            "'fashion_mnist_500', 'stacked_fashion_mnist', 'ring', 'grid', a folder or an .npz; or "
            "'fashion_mnist' from Debian's package dataset-fashion-mnist."
        ) from None
    finally:
        socket.setdefaulttimeout(patience)


def _known_split(name, split):
    if split not in ("train", "test"):
        raise ValueError(f"'{name}' has no split '{split}'. Take 'train' or 'test'.")


def _one_line(error):
    return " ".join(str(error).split()) or type(error).__name__

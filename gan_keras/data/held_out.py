"""Data that were never trained on: to find memorisation, and to put classifiers to the test."""

import pathlib

from gan_keras import data
from gan_keras.data import arrays, folder, official_files

# Sets without test images, and the set whose test images are of the same making.
RELATIVES = {"fashion_mnist_10k": "fashion_mnist", "fashion_mnist_500": "fashion_mnist"}
CURE = "Name data that were never trained on: --held-out DATA"


def named(name, **arguments):
    """What somebody names as held out: its test split where it has one, else all of it.

    Args:
        name: a data set's name; a folder, with or without `train` and `test` in it; an .npy or .npz
            file; or a `Source`, which is taken as it is.
        arguments: of `data.source`, such as `image_size`.

    Raises:
        ValueError: as for `data.source`; a data set without a test split.
    """
    split = "test" if name in data.NAMES or has_test(name) else "train"
    return data.source(name, **{**arguments, "split": split})


def default(name, **arguments):
    """The test split that belongs to training data; for the bundled images that of Fashion-MNIST.

    Args:
        name: what was trained on, as in `named`.
        arguments: of `data.source`, such as `image_size`.

    Raises:
        ValueError: there is none, or it can't be had.
    """
    relative = RELATIVES.get(name, name) if isinstance(name, str) else name
    if not (relative in data.NAMES or has_test(relative)):
        raise ValueError(f"'{name}' has no test split. {CURE}")
    try:
        return named(relative, **arguments)
    except ValueError as error:
        raise ValueError(f"No test split for '{name}': {error} {CURE}") from error


def has_test(name):
    """Whether a folder or an .npz has a test split of its own."""
    if isinstance(name, data.Source):
        return False
    path = pathlib.Path(name)
    if path.is_dir():
        by_folders = all((path / split).is_dir() for split in folder.SPLITS)
        return by_folders or official_files.has_split(path, "test")
    return arrays.is_array_file(path) and arrays.has_test(path)


def held_out_split(name, **arguments):
    """The test split of the data, a `data.Source`, or None where there is none.

    Args:
        name, arguments: of `data.source`.
    """
    try:
        return data.source(name, **{**arguments, "split": "test"})
    except ValueError:
        return None

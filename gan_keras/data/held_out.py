"""Data that were never trained on: for memorisation, and for classifiers that are put to the test."""

import pathlib

from gan_keras import data
from gan_keras.data import arrays, folder

# Sets without a test split of their own, and the set whose test split is of the same making.
RELATIVES = {"fashion_mnist_10k": "fashion_mnist"}


def named(name, **arguments):
    """What somebody names as held out: its test split where it has one, else all of it.

    Args:
        name: name of a data set, a folder (with or without `train` and `test` folders), an .npy or
            .npz file; or a `Source`, which is taken as it is.
        arguments: of `data.source`, such as `image_size`.

    Raises:
        ValueError: as `data.source`; a named set that has no test split.
    """
    arguments.pop("split", None)
    if isinstance(name, data.Source):
        return data.source(name, **arguments)
    split = "test" if name in data.NAMES or _has_test(pathlib.Path(name)) else "train"
    return data.source(name, split=split, **arguments)


def default(name, **arguments):
    """The test split that belongs to training data.

    For the bundled images these are the 10,000 test images of Fashion-MNIST, if they can be had.

    Args:
        name: what was trained on: as for `named`.
        arguments: of `data.source`, such as `image_size`.

    Raises:
        ValueError: there is none.
    """
    cure = "Name data that were never trained on: --held-out DATA."
    if isinstance(name, str) and name in RELATIVES:
        try:
            return named(RELATIVES[name], **arguments)
        except ValueError as error:
            raise ValueError(
                f"'{name}' has no test split, and that of '{RELATIVES[name]}' is not to be had "
                f"({error}) {cure}"
            ) from error
    path = pathlib.Path(str(name))
    if name in data.NAMES and name not in arrays_only(data.NAMES) or _has_test(path):
        return named(name, **arguments)
    raise ValueError(f"'{name}' has no test split. {cure}")

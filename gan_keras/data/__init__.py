"""Data: named sets, folders, arrays and toys, as batches of float32 in [-1, 1].

To add a set: write a file with a function `(*, split="train") -> Source` and a line in each of
`NAMES` and `_SOURCES`. Nothing here imports TensorFlow until batches are made.
"""

import os
import pathlib

from gan_keras.data import (
    arrays,
    bundled,
    folder,
    keras_datasets,
    sizing,
    stacked,
    toy,
)
from gan_keras.data.source import Modes, Source
from gan_keras.spelling import nearest

__all__ = ["NAMES", "Modes", "Source", "load", "source"]

NAMES = {
    "fashion_mnist_10k": "10,000 garments, 28x28 grey, 10 classes; bundled, no network",
    "fashion_mnist_500": "500 of the same, 50 of each class: few images; no network",
    "stacked_fashion_mnist": "50,000 triples of garments, 28x28 colour, 1,000 classes; no network",
    "mnist": "70,000 digits, 28x28 grey, 10 classes; network once",
    "fashion_mnist": "70,000 garments, 28x28 grey, 10 classes; network once, or Debian's package",
    "cifar10": "60,000 photographs, 32x32 colour, 10 classes; network once",
    "cifar100": "60,000 photographs, 32x32 colour, 100 classes; network once",
    "ring": "8 Gaussians on a circle, 2-D points; no network",
    "grid": "25 Gaussians on a grid, 2-D points; no network",
}

_SOURCES = {
    "fashion_mnist_10k": bundled.fashion_mnist_10k,
    "fashion_mnist_500": bundled.fashion_mnist_500,
    "stacked_fashion_mnist": stacked.stacked_fashion_mnist,
    "mnist": keras_datasets.mnist,
    "fashion_mnist": keras_datasets.fashion_mnist,
    "cifar10": keras_datasets.cifar10,
    "cifar100": keras_datasets.cifar100,
    "ring": toy.ring,
    "grid": toy.grid,
}


def source(data, *, image_size=None, channels=None, fit="crop", on_bad_file="error", split="train"):
    """Data in memory as a `Source`.

    Args:
        data: a name in `NAMES`; a path to a folder of images, an .npy or .npz file; an array, or
            a tuple `(samples, labels)`; or a `Source`. A name goes before a path: write "./mnist"
            for a folder of that name.
        image_size: pixels of a side, or (height, width); None keeps the images' own.
        channels: 1 (grey), 3 (colour); None keeps the images' own.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        on_bad_file: for a folder, "error" or "skip".
        split: "train", or "test" where there is one.

    Raises:
        ValueError: the data are not there, or not as they must be.
        TypeError: `data` is none of the above.
    """
    if isinstance(data, Source):
        found = data
    elif isinstance(data, (str, os.PathLike)):
        if str(data) not in _SOURCES and pathlib.Path(data).is_dir():
            return folder.folder(
                data,
                image_size=image_size,
                channels=channels,
                fit=fit,
                on_bad_file=on_bad_file,
                split=split,
            )
        found = _named_or_file(data, split)
    elif isinstance(data, tuple) and len(data) != 2:
        raise TypeError(f"A tuple of {len(data)} came, but data are (samples, labels).")
    elif isinstance(data, tuple) or hasattr(data, "__array__"):
        found = arrays.arrays(data, split=split)
    else:
        raise TypeError(
            f"`data` is a {type(data).__name__}, but must be a name, a path, an array, a tuple "
            "(samples, labels), or, for `load`, a tf.data.Dataset. Pass np.array(data)?"
        )
    return sizing.resized(found, image_size=image_size, channels=channels, fit=fit)


def load(
    data,
    *,
    batch_size=64,
    image_size=None,
    channels=None,
    fit="crop",
    on_bad_file="error",
    split="train",
    seed=0,
    shuffle=True,
    repeat=False,
    labels=None,
    drop_remainder=True,
    first_batch=0,
):
    """Data as a `tf.data.Dataset` of `images` or `(images, labels)`, ready for `fit`.

    Args:
        data: as for `source`, or a `tf.data.Dataset` of batches, which is passed through after a
            look at its first batch; the other arguments but `labels` do not touch it.
        batch_size: samples in a batch. 64 by default.
        image_size, channels, fit, on_bad_file, split: as for `source`.
        seed, shuffle, repeat, labels, drop_remainder, first_batch: as for `Source.batches`.

    Returns:
        Images float32 (batch, h, w, c) in [-1, 1], or vectors float32 (batch, d); labels int32
        (batch,).

    Example:

        dataset = gan_keras.data.load("fashion_mnist_10k", batch_size=64)
        gan.fit(dataset, epochs=10)
    """
    import tensorflow as tf

    if isinstance(data, tf.data.Dataset):
        from gan_keras.data import passthrough

        return passthrough.checked(data, labels=labels)
    found = source(
        data,
        image_size=image_size,
        channels=channels,
        fit=fit,
        on_bad_file=on_bad_file,
        split=split,
    )
    return found.batches(
        batch_size,
        seed=seed,
        shuffle=shuffle,
        repeat=repeat,
        first_batch=first_batch,
        labels=labels,
        drop_remainder=drop_remainder,
    )


def _named_or_file(data, split):
    if str(data) in _SOURCES:
        return _SOURCES[str(data)](split=split)
    if arrays.is_array_file(data) and pathlib.Path(data).is_file():
        return arrays.array_file(data, split=split)
    raise ValueError(f"No data set, folder, .npy or .npz '{data}'.{nearest(data, _SOURCES)}")

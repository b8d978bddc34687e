"""Statistics of real data on disk, with all that they depend on, checked when they come back."""

import json
import os

import numpy as np

from gan_keras import files
from gan_keras.metrics import cache
from gan_keras.metrics.features.base import digest
from gan_keras.metrics.moments import Moments
from gan_keras.metrics.statistics import Statistics

FORMAT = 3
ARRAYS = ("labels", "features", "probabilities", "classes", "images", "image_labels")


def path_of(key, cache_dir=None):
    """Where statistics with this key are kept."""
    text = json.dumps({**key, "format": FORMAT})  # files of older formats are not found
    return os.path.join(cache.folder(cache_dir), f"real-{digest(text)}.npz")


def save(path, statistics, key):
    """Write statistics, whole or not at all.

    Args:
        path: str.
        statistics: `Statistics`.
        key: dict of JSON values, what they depend on.
    """
    header = {
        "format": FORMAT,
        "key": key,
        "num": statistics.num,
        "shape": list(statistics.shape),
        "first": statistics.first,
        "fingerprint": statistics.fingerprint,
    }
    arrays = {}
    if statistics.moments is not None:
        arrays = {"mean": statistics.moments.mean, "scatter": statistics.moments.scatter}
    for name in ARRAYS:
        if getattr(statistics, name) is not None:
            arrays[name] = getattr(statistics, name)
    with files.replacing(path) as temporary, open(temporary, "wb") as file:
        np.savez(file, header=np.array(json.dumps(header)), **arrays)


def load(path, *, key, first, shape):
    """Statistics that `save` wrote, if they still fit.

    Args:
        path: str.
        key: dict, what they must depend on.
        first: str, fingerprint of the first block of the data as they are now.
        shape: of one sample now.

    Returns:
        `Statistics`.

    Raises:
        ValueError: the file cannot be read, or belongs to other data, other images or another
            extractor; the field that differs is named.
    """
    cure = "Delete it, and it is made anew."
    try:
        with np.load(path, allow_pickle=False) as file:
            arrays = {name: file[name] for name in file.files}
        header = json.loads(str(arrays.pop("header")))
        moments = None
        if "mean" in arrays:
            moments = Moments()
            moments.count = header["num"]
            moments.mean, moments.scatter = arrays.pop("mean"), arrays.pop("scatter")
        kept = {
            **header["key"],
            "format": header["format"],
            "size of images": list(header["shape"]),
            "first images": header["first"],
        }
    except Exception as error:  # a torn file can fail anywhere in zipfile, zlib or numpy
        raise ValueError(f"Cached statistics '{path}' cannot be read ({error}). {cure}") from error
    now = {**key, "format": FORMAT, "size of images": list(shape), "first images": first}
    for name, value in now.items():
        if kept.get(name) != value:
            raise ValueError(
                f"Cached statistics '{path}' no longer fit: their {name} is {kept.get(name)}, "
                f"that of the data is {value}. {cure}"
            )
    return Statistics(
        num=header["num"],
        shape=tuple(header["shape"]),
        first=header["first"],
        fingerprint=header["fingerprint"],
        moments=moments,
        **arrays,
    )

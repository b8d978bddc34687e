"""The IDX files that MNIST and Fashion-MNIST are published in (http://yann.lecun.com/exdb/mnist)."""

import gzip
import pathlib
import zlib

import numpy as np

UINT8 = 0x08


def read(path):
    """The uint8 array in an IDX file, gzipped if its name ends in .gz.

    A file is two zero bytes, a type code, the rank, each length as a big-endian 32-bit integer,
    then the values.

    Raises:
        ValueError: the file is cut short or no such file.
    """
    try:
        content = pathlib.Path(path).read_bytes()
        content = gzip.decompress(content) if pathlib.Path(path).suffix == ".gz" else content
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(f"'{path}' can't be read: {error}. Fetch the file again.") from None
    rank = content[3] if len(content) > 3 else 0
    shape = np.frombuffer(content[4 : 4 + 4 * rank], ">u4") if len(content) >= 4 + 4 * rank else []
    values = content[4 + 4 * rank :]
    if content[:3] != bytes([0, 0, UINT8]) or len(values) != np.prod(shape, dtype="int64"):
        raise ValueError(f"'{path}' is not a whole IDX file of uint8 values. Fetch the file again.")
    return np.frombuffer(values, "uint8").reshape(shape)


def read_split(folder, split):
    """Images (n, h, w) and labels (n,) of `split` from a folder with the four original files."""
    images, labels = files_of(folder, split)
    return read(images), read(labels)


def has_split(folder, split):
    """Whether a folder has the two files of a split."""
    return all(path.is_file() for path in files_of(folder, split))


def files_of(folder, split):
    """The paths of images and labels; where nothing lies, those of the published files."""
    prefix = {"train": "train", "test": "t10k"}[split]
    found = []
    for what in ("images-idx3", "labels-idx1"):
        published = pathlib.Path(folder) / f"{prefix}-{what}-ubyte.gz"
        unpacked = published.with_suffix("")
        found.append(unpacked if unpacked.is_file() and not published.is_file() else published)
    return found

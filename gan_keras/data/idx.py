"""The IDX files that MNIST and Fashion-MNIST are published in (http://yann.lecun.com/exdb/mnist)."""

import gzip
import pathlib
import zlib

import numpy as np

UINT8 = 0x08


def read(path):
    """The uint8 array in a gzipped IDX file.

    A file is two zero bytes, a type code, the rank, each length as a big-endian 32-bit integer,
    then the values.

    Raises:
        ValueError: the file is cut short or no such file.
    """
    try:
        content = gzip.decompress(pathlib.Path(path).read_bytes())
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
    prefix = {"train": "train", "test": "t10k"}[split]
    images = read(pathlib.Path(folder) / f"{prefix}-images-idx3-ubyte.gz")
    labels = read(pathlib.Path(folder) / f"{prefix}-labels-idx1-ubyte.gz")
    return images, labels

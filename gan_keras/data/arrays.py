"""Arrays that are there already: NumPy arrays, (samples, labels) pairs, .npy and .npz files."""

import pathlib
import zipfile
import zlib

import numpy as np

from gan_keras.data.source import Source
from gan_keras.machines import memory

# (samples, labels) by their usual names in an .npz, for each split; the first that is there counts.
KEYS = {
    "train": [
        ("images", "labels"),
        ("x_train", "y_train"),
        ("x", "y"),
        ("samples", "labels"),  # as `gan-keras sample` writes them
        ("arr_0", "arr_1"),
    ],
    "test": [("test_images", "test_labels"), ("x_test", "y_test")],
}


def arrays(data, *, split="train", name="array"):
    """A source of an array, or of a pair `(samples, labels)`.

    What samples may be: images, uint8 in [0, 255] or floating point in [-1, 1], (n, h, w, c) or
    (n, h, w); vectors, floating point (n, d). Labels: integers (n,) or (n, 1) from 0 on.

    Raises:
        ValueError: an array is not as said above, or a split other than "train" is asked for.
    """
    _only_train(name, split)
    samples, labels = data if isinstance(data, tuple) else (data, None)
    return Source(name=name, samples=np.asarray(samples), labels=labels)


def array_file(path, *, split="train"):
    """A source of an .npy file (samples) or an .npz file (samples and, if there, labels).

    An .npz is looked through for `images` and `labels`, `x_train` and `y_train` (with split="test":
    `x_test` and `y_test`), `x` and `y`, `samples` and `labels`, `arr_0` and `arr_1`; an only array
    is taken as samples.

    Raises:
        ValueError: the file can't be read, holds Python objects or none of these names.
    """
    content = read(path)
    if isinstance(content, np.ndarray):
        return arrays(content, split=split, name=str(path))
    samples, labels = _names(path, content, split)
    return Source(name=str(path), samples=content[samples], labels=content.get(labels))


def is_array_file(path):
    """Whether a path names an .npy or .npz file."""
    return pathlib.Path(path).suffix.lower() in (".npy", ".npz")


def has_test(path):
    """Whether a file is an .npz that holds test samples."""
    content = read(path) if pathlib.Path(path).is_file() else ()
    return isinstance(content, dict) and any(samples in content for samples, _ in KEYS["test"])


def read(path):
    """The array of an .npy, or the arrays of an .npz by name."""
    try:
        check_size(path)
        content = np.load(path, allow_pickle=False)
        if isinstance(content, np.ndarray):
            return content
        with content:
            return dict(content)
    except (OSError, EOFError, ValueError, RuntimeError, zipfile.BadZipFile, zlib.error) as error:
        # A RuntimeError is zipfile's word for an encrypted file.
        reason = str(error)
        if "pickle" in reason:  # NumPy's advice is to trust the file; ours is not
            reason = "it holds Python objects, or is no array file"
        raise ValueError(
            f"'{path}' can't be read ({reason}). Give a whole .npy or .npz of numbers."
        ) from None


def check_size(path):
    """Raises ValueError for an .npz that unpacks to more than half of the memory."""
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        size = sum(entry.file_size for entry in archive.infolist())
    if size > memory.total() / 2:
        raise ValueError(
            f"it unpacks to {memory.gigabytes(size)}, and this machine has "
            f"{memory.gigabytes(memory.total())} of memory"
        )


def _names(path, content, split):
    """What samples and labels are called in `content`."""
    pairs = KEYS.get(split, [])
    for samples, labels in pairs:
        if samples in content:
            return samples, labels
    if len(content) == 1 and split == "train":
        return next(iter(content)), None
    if split not in KEYS:
        raise ValueError(f"'{path}' has no split '{split}'. Take train or test.")
    expected = ", ".join(f"'{samples}'" for samples, _ in pairs)
    raise ValueError(
        f"'{path}' holds {', '.join(content) or 'nothing'}, but samples of the split '{split}' are "
        f"looked for as {expected}. Rename the array."
    )


def _only_train(name, split):
    if split != "train":
        raise ValueError(
            f"'{name}' has no '{split}' split. Hold some samples out: source(...).split(0.1)."
        )

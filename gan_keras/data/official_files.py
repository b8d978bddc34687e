"""MNIST, Fashion-MNIST and CIFAR where a user or Keras put them: read here, never changed.

Keras itself deletes a file whose hash it does not know, unpickles CIFAR as it comes, and does not
look for the archives by the names that they are published under. CIFAR's binary archive goes before
that of pickles.
"""

import io
import lzma
import os
import pathlib
import pickle
import tarfile
import zipfile
import zlib

import numpy as np

from gan_keras.data import cifar_binary, class_names, idx
from gan_keras.data.source import Source

# For each set: its archive as published, the folder in it, files of "train" and "test", labels.
CIFAR = {
    "cifar10": (
        "cifar-10-python.tar.gz",
        "cifar-10-batches-py",
        {"train": [f"data_batch_{part}" for part in range(1, 6)], "test": ["test_batch"]},
        b"labels",
    ),
    "cifar100": (
        "cifar-100-python.tar.gz",
        "cifar-100-python",
        {"train": ["train"], "test": ["test"]},
        b"fine_labels",
    ),
}
# Folders. Other sets have files of the very same names, so a folder says whose they are.
IDX = {"mnist": ("mnist", "MNIST/raw"), "fashion_mnist": ("fashion-mnist",)}


# What reading an archive may raise, whole or torn.
UNREADABLE = (
    *(OSError, EOFError, ValueError, KeyError),
    *(zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile),
)


def places():
    """Folders that are looked through: Keras's cache, and the working directory."""
    home = os.environ.get("KERAS_HOME") or os.path.join(os.path.expanduser("~"), ".keras")
    return [pathlib.Path(home) / "datasets", pathlib.Path()]


def wanted(name):
    """What to put where, in words."""
    file = {
        "mnist": "mnist.npz (or the four files train-images-idx3-ubyte.gz, ... in a folder mnist)",
        "fashion_mnist": "the four files train-images-idx3-ubyte.gz, ... in a folder fashion-mnist",
        **{
            key: f"the archive {row[0]} or {cifar_binary.FORMS[key].archive}"
            for key, row in CIFAR.items()
        },
    }[name]
    return f"Put {file} into '{places()[0]}' or the working directory."


def found(name, split):
    """Samples and labels of a set that lies in one of the places; None if none does.

    Args:
        name: "mnist", "fashion_mnist", "cifar10" or "cifar100".
        split: "train" or "test".

    Raises:
        ValueError: a file of that name is there, but is damaged or another one.
    """
    for place in places():
        if name in CIFAR:
            form = cifar_binary.FORMS[name]
            for path in (place / form.folder, place / form.archive):
                if path.exists():
                    return binary(path, form, split)
            archive, folder, files, labels = CIFAR[name]
            packed = (archive, f"{folder}-target_archive")
            unpacked = (folder, f"{folder}-target/{folder}")
            for path in (place / own for own in (*unpacked, *packed)):
                if path.exists():
                    return cifar(path, folder, files[split], labels)
            continue
        if name == "mnist" and (place / "mnist.npz").is_file():
            return npz(place / "mnist.npz", split)
        for own in IDX[name]:
            if idx.has_split(place / own, split):
                return idx.read_split(place / own, split)
    return None


def in_folder(path, split):
    """What a folder of published files holds, a `Source`; None if it is none.

    Args:
        path: of a folder with MNIST's IDX files, or with CIFAR's binary batches. Which of the sets
            with IDX files it is, the files don't say, so its classes are numbers.
        split: "train" or "test".

    Raises:
        ValueError: a file is damaged.
    """
    path = pathlib.Path(path)
    if split not in ("train", "test"):
        return None
    if idx.has_split(path, split):
        samples, labels = idx.read_split(path, split)
        return Source(name=str(path), samples=samples, labels=labels)
    names = {"cifar10": class_names.CIFAR10, "cifar100": class_names.CIFAR100}
    for name, form in cifar_binary.FORMS.items():
        if form.has_split(path, split):
            samples, labels = binary(path, form, split)
            return Source(name=str(path), samples=samples, labels=labels, class_names=names[name])
    return None


def has_split(path, split):
    """Whether a folder holds the published files of "train" or "test"."""
    forms = cifar_binary.FORMS.values()
    return idx.has_split(path, split) or any(form.has_split(path, split) for form in forms)


def binary(path, form, split):
    """Images and labels of binary batches, in a folder or in the archive."""
    try:
        return form.read_split(path, split)
    except UNREADABLE as error:
        raise damaged(path, error) from None


def npz(path, split):
    """Images and labels of an .npz as Keras lays it out, whatever its hash."""
    try:
        with np.load(path, allow_pickle=False) as file:
            return file[f"x_{split}"], file[f"y_{split}"]
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile, zlib.error) as error:
        raise damaged(path, error) from None


def cifar(path, folder, names, labels):
    """Images (n, 32, 32, 3) and labels of CIFAR's pickles, in a folder or in the archive."""
    try:
        batches = [loaded(content) for content in contents(path, folder, names)]
        samples = np.concatenate([batch[b"data"] for batch in batches])
        samples = samples.reshape(-1, 3, 32, 32).transpose(0, 2, 3, 1)
        return samples, np.concatenate([np.asarray(batch[labels]) for batch in batches])
    except Exception as error:  # a torn or hostile file can fail anywhere in tarfile or pickle
        raise damaged(path, error) from None


def contents(path, folder, names):
    """The bytes of files in a folder, or of those under `folder` in an archive."""
    if path.is_dir():
        return [(path / name).read_bytes() for name in names]
    with tarfile.open(path) as archive:
        return [archive.extractfile(f"{folder}/{name}").read() for name in names]


def unpack(path, folder):
    """Unpacks a .tar or .zip archive into a folder, and nothing of it elsewhere.

    Raises:
        ValueError: it is damaged, or wants to write outside of the folder.
    """
    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                archive.extractall(folder)
        else:
            with tarfile.open(path) as archive:
                archive.extractall(folder, filter="data")
    except UNREADABLE as error:
        raise damaged(path, error) from None


def loaded(content):
    """What a pickle of arrays holds; one that asks for anything else is an error."""
    return _Unpickler(io.BytesIO(content), encoding="bytes").load()


class _Unpickler(pickle.Unpickler):
    """Knows NumPy's arrays and nothing else."""

    def find_class(self, module, name):
        if module in ("numpy.core.multiarray", "numpy._core.multiarray"):
            module = "numpy.core.multiarray"
        known = {
            ("numpy.core.multiarray", "_reconstruct"): np.zeros(0).__reduce__()[0],
            ("numpy", "ndarray"): np.ndarray,
            ("numpy", "dtype"): np.dtype,
        }
        if (module, name) not in known:
            raise pickle.UnpicklingError(f"it asks for {module}.{name}, which no array needs")
        return known[module, name]


def damaged(path, error):
    """The error to raise for a file that is there, but can't be read."""
    reason = " ".join(str(error).split()) or type(error).__name__
    return ValueError(
        f"'{path}' can't be read ({reason}). It is left as it is: put a whole one in its place, or "
        "move it away to have it fetched."
    )

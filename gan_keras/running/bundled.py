"""Finished runs that come with the package, so that there is something to sample before training.

Each is a run folder in a .tar.xz, without what training needs (optimizers), its weights rounded to
half precision. It is unpacked where a user works, since commands write beside what they read.
"""

import os
import shutil
import tarfile
import typing
from pathlib import Path

if typing.TYPE_CHECKING:
    from gan_keras.models import GAN

OPTIMIZERS = "optimizers"  # key of a checkpoint's state; False where there are none
NAMES = {"garments": "the default run: 28x28 garments, unconditional, seed 0"}


def archive(name):
    """Where the archive of a bundled run lies.

    Raises:
        ValueError: there is no such run.
    """
    if name not in NAMES:
        known = ", ".join(NAMES)
        raise ValueError(f"No run of the name '{name}' comes with gan_keras. There is: {known}.")
    return Path(__file__).with_name(f"{name}.tar.xz")


def unpacked(name, parent="runs") -> Path:
    """The folder parent/name of a bundled run, made of the archive if it is not there.

    Args:
        name: "garments".
        parent: folder. Defaults to "runs".

    Returns:
        A `pathlib.Path`.

    Raises:
        ValueError: no such run.
        OSError: it can't be written.
    """
    source, folder = archive(name), Path(parent) / name
    if folder.exists():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".writing-{os.getpid()}-{name}")
    try:
        with tarfile.open(source) as file:
            file.extractall(temporary, filter="data")
        os.rename(temporary, folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return folder


def load(name) -> "GAN":
    """The model of a bundled run, a `gan_keras.GAN` without optimizers.

    Args:
        name: "garments".

    Raises:
        ValueError: no such run.
    """
    import tempfile

    from gan_keras.running import runs, sampling

    with tempfile.TemporaryDirectory() as folder:
        return sampling.load(runs.Run(unpacked(name, folder)))

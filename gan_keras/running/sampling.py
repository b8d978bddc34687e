"""What `gan-keras sample` does: a run's model, samples of it, and files of them."""

import os
import shutil

import keras
import numpy as np

from gan_keras import files, images
from gan_keras.callbacks import checkpoint_folder
from gan_keras.callbacks.scatter import scatter


def load(run):
    """The model in the newest good checkpoint of a run.

    Raises:
        ValueError: there is none yet.
    """
    path, _ = checkpoint_folder.newest_good(run.checkpoints)
    if path is None:
        raise ValueError(
            f"'{run.folder}' has no checkpoint yet. Train on: gan-keras train --resume {run.folder}"
        )
    return keras.models.load_model(path / checkpoint_folder.MODEL, compile=False)


def draw(model, num=None, *, seed=None, label=None, truncation=None, interpolate=False):
    """Samples and their labels.

    Args:
        model: a GAN.
        num: how many. Defaults to 100 images, 2,000 points, 32 steps of a walk.
        seed, truncation: as in `model.sample`.
        label: class of all, or None: as many of each class.
        interpolate: a walk between two latents in place of independent samples.

    Returns:
        float32 array (num, ...) and int32 labels (num,), or None for an unconditional model.

    Raises:
        ValueError: a label for an unconditional model, or out of range.
    """
    if label is not None and model.num_classes is None:
        raise ValueError(f"--label {label} came, but the run is not conditional. Leave it out.")
    if interpolate:
        num = num or 32
        label = None if model.num_classes is None else label or 0
        samples = model.interpolate(num, seed=seed, labels=label)
    else:
        num = num or (100 if len(model.image_shape) == 3 else 2000)
    labels = None
    if model.num_classes is not None:
        labels = np.arange(num, dtype="int32") * model.num_classes // num
        if label is not None:
            labels = np.full(num, label, "int32")
    if not interpolate:
        samples = model.sample(num, labels=labels, seed=seed, truncation=truncation)
    return samples, labels


def write(path, samples, labels=None, *, num_classes=None):
    """Writes samples in the form that the path asks for.

    Args:
        path: a .png (grid, or scatter plot of points), .npz (`samples`, float32 images in [-1, 1],
            and `labels`), .gif (one frame a sample), or no suffix: a folder of PNGs.
        samples: float32 array (n, ...).
        labels: int32 (n,) or None.
        num_classes: for a grid of as many rows, one for each class; None for a square.
    """
    if path.suffix == ".npz":
        arrays = {"samples": samples} if labels is None else {"samples": samples, "labels": labels}
        with files.replacing(path) as temporary:
            np.savez_compressed(temporary, **arrays)
        return
    if samples.ndim == 2:
        if path.suffix != ".png":
            raise ValueError(f"Points go to a .png or .npz. Received: '{path}'")
        path.parent.mkdir(parents=True, exist_ok=True)
        images.save_png(path, scatter(samples))
        return
    pictures = images.to_uint8(samples)
    if path.suffix == ".png":
        columns = None
        if num_classes is not None and len(pictures) % num_classes == 0:
            columns = len(pictures) // num_classes
        path.parent.mkdir(parents=True, exist_ok=True)
        images.save_png(path, images.grid(pictures, columns=columns))
    elif path.suffix == ".gif":
        path.parent.mkdir(parents=True, exist_ok=True)
        images.save_gif(path, pictures)
    else:
        write_folder(path, pictures, labels)


def write_folder(path, pictures, labels):
    """Writes a folder of PNGs, whole or not at all; the names say the label."""
    temporary = path.with_name(f".writing-{path.name}")
    temporary.mkdir(parents=True)
    try:
        for index, picture in enumerate(pictures):
            suffix = "" if labels is None else f"-class{labels[index]}"
            images.save_png(temporary / f"{index:05d}{suffix}.png", picture)
        os.rename(temporary, path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)

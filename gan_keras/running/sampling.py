"""What `gan-keras sample` does: a run's model, samples of it, and files of them."""

import warnings

import numpy as np

from gan_keras import models
from gan_keras.callbacks import checkpoint_folder, keep_best
from gan_keras.files import model_files
from gan_keras.models.two_player import TwoPlayerModel


def load(run, *, compiled=False):
    """The model in the best good checkpoint of a run, with a warning for each damaged one.

    The best is that with the best score, where the run was asked for one (`until`), else the
    newest.

    Args:
        run: a `runs.Run`.
        compiled: whether with its optimizers. Defaults to False.

    Raises:
        ValueError: there is none yet, or the file holds something else.
    """
    until = run.read_config().get("arguments", {}).get("until")
    if not isinstance(until, str):
        path, messages = checkpoint_folder.newest_good(run.checkpoints)
    else:
        path, messages = checkpoint_folder.best_good(run.checkpoints, keep_best.mode(until))
    for message in messages:
        warnings.warn(message, stacklevel=2)
    if path is None:
        raise ValueError(
            f"'{run.folder}' has no checkpoint yet. Train on: gan-keras train --resume {run.folder}"
        )
    model = model_files.opened(path / checkpoint_folder.MODEL, compiled=compiled)
    if not isinstance(model, TwoPlayerModel):
        raise ValueError(
            f"'{path / checkpoint_folder.MODEL}' holds a {type(model).__name__}, not a model of "
            "gan_keras with both players. Put back the run's own checkpoint."
        )
    return model


def check_latents(model, command):
    """The model itself, if it is fed latents alone.

    Args:
        model: what `load` returned.
        command: what it is wanted for, as the shell calls it.

    Raises:
        ValueError: a translator, which is given something.
    """
    if isinstance(model, models.TranslationModel):
        raise ValueError(
            f"`gan-keras {command}` draws from latents, but this run is a translator "
            f"({type(model).__name__}), which is given {model.kind.unit}. Use gan-keras translate "
            f"RUN {model.kind.unit.upper()}."
        )
    return model


def check_translator(model):
    """The model itself, if it is given something.

    Raises:
        ValueError: a model that is fed latents alone.
    """
    if not isinstance(model, models.TranslationModel):
        raise ValueError(
            f"This run is a {type(model).__name__}, which makes images of latents and translates "
            "none. Use gan-keras sample RUN."
        )
    return model


def draw(model, num=None, *, seed=None, label=None, truncation=None, interpolate=False, where=None):
    """Samples and their labels.

    Args:
        model: a GAN.
        num: how many. Defaults to 100 images, 2,000 points, 32 steps of a walk.
        seed, truncation: as in `model.sample`.
        label: class of all, or None: as many of each class.
        interpolate: a walk between two latents in place of independent samples.
        where: what columns of a table, or attributes of a series, are to be; as in `model.sample`.
            Defaults to None.

    Returns:
        float32 array (num, ...) and int32 labels (num,), or None for an unconditional model.

    Raises:
        ValueError: a label for an unconditional model, or out of range.
    """
    if label is not None and where:
        raise ValueError("--label and --where both choose. Leave one out.")
    if label is not None and model.num_classes is None:
        raise ValueError(f"--label {label} came, but the run is not conditional. Leave it out.")
    if interpolate:
        num = num or 32
        label = None if model.num_classes is None else label or 0
        samples = model.interpolate(num, seed=seed, labels=label)
    else:
        num = num or model.kind.num_shown
    labels = None
    if model.num_classes is not None:
        labels = np.arange(num, dtype="int32") * model.num_classes // num
        if label is not None:
            labels = np.full(num, label, "int32")
        if where and (wished := model.kind.labels_where(where, num)) is not None:
            labels, where = wished, None
    if not interpolate:
        samples = model.sample(num, labels=labels, seed=seed, truncation=truncation, where=where)
    return samples, labels

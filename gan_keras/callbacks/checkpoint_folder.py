"""A folder of checkpoints on disk: written whole, hashed, found again, pruned.

checkpoints/00001560/        named for the training step
    model.keras              networks, optimizers, moving average, random states
    metrics.npz              running means of the epoch that was under way
    state.json               epoch, score, history, state of the callbacks
    SHA256SUMS               hashes of the three, as `sha256sum -c` reads them
"""

import contextlib
import hashlib
import json
import math
import os
import shutil
from pathlib import Path

import numpy as np

from gan_keras import files
from gan_keras.files import errors as file_errors

BEST = {"min": min, "max": max}  # which of many scores is the best
MODEL, METRICS, STATE, SUMS = "model.keras", "metrics.npz", "state.json", "SHA256SUMS"


class WriteError(OSError):
    """A checkpoint could not be written; those before it are untouched."""


def steps(folder):
    """The steps that have a checkpoint in `folder`, ascending; whether good or damaged."""
    names = [path.name for path in Path(folder).glob("[0-9]*") if path.is_dir()]
    return sorted(int(name) for name in names if name.isdigit())


def path_of(folder, step):
    """The checkpoint of a step."""
    return Path(folder) / f"{step:08d}"


def write(folder, step, save_model, metrics, state):
    """Writes one checkpoint, or nothing of it.

    Args:
        folder: of all checkpoints.
        step: training step.
        save_model: function that saves the model to a given path.
        metrics: list of arrays.
        state: dict that JSON can hold.

    Raises:
        WriteError: there is no room or no right to write; the others are untouched.
    """
    folder, final = Path(folder), path_of(folder, step)
    temporary = folder / f".writing-{final.name}"
    try:
        clear(folder)
        temporary.mkdir(parents=True)
        save_model(temporary / MODEL)
        with open(temporary / METRICS, "wb") as file:
            np.savez(file, *metrics)
        (temporary / STATE).write_text(json.dumps(state), encoding="utf-8")
        names = (MODEL, METRICS, STATE)
        sums = "".join(f"{sha256(temporary / name)}  {name}\n" for name in names)
        (temporary / SUMS).write_text(sums, encoding="utf-8")
        for path in (*temporary.iterdir(), temporary):
            files.flush(path)
        if final.exists():
            remove(final)
        os.rename(temporary, final)
        files.flush(folder)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        trouble = file_errors.in_words(error, cured=False)
        raise WriteError(
            f"Could not write the checkpoint of step {step} ({trouble}). {what_stays(folder)}"
        ) from error


def what_stays(folder):
    """What a user who ran out of room still has, and how to go on."""
    kept = steps(folder)
    last = f"The last good one, '{path_of(folder, kept[-1])}', is untouched. " if kept else ""
    return f"{last}Make room, or give the right to write, then go on with --resume."


def damage(path):
    """What is wrong with a checkpoint, in a few words; None if it is good."""
    path = Path(path)
    for name in (SUMS, MODEL, METRICS, STATE):
        if not (path / name).is_file():  # a pipe would be waited for without end
            return f"{name} is missing, or no file"
    try:
        lines = (path / SUMS).read_text(encoding="utf-8").splitlines()
        sums = dict(reversed(line.split("  ", 1)) for line in lines)
        for name in (MODEL, METRICS, STATE):
            if sums.get(name) != sha256(path / name):
                return f"{name} is not what was written"
    except (OSError, ValueError) as error:
        return str(error)
    return None


def newest_good(folder):
    """The newest good checkpoint, and a message for each damaged one that is newer.

    Returns:
        `(path, messages)`; path is None if there is no checkpoint at all.

    Raises:
        ValueError: there are checkpoints, and all are damaged.
    """
    messages = []
    for step in reversed(steps(folder)):
        path = path_of(folder, step)
        problem = damage(path)
        if problem is None:
            return path, messages
        messages.append(f"Checkpoint '{path}' is damaged ({problem}); taking the one before.")
    if messages:
        raise ValueError(
            f"Every checkpoint in '{folder}' is damaged ({len(messages)} of them). "
            "Start the run again in another folder."
        )
    return None, []


def best_good(folder, mode):
    """The good checkpoint with the best score, and messages as of `newest_good`.

    Args:
        folder: of all checkpoints.
        mode: "min" if a low score is good, or "max".

    Returns:
        `(path, messages)`; the newest good one if none has a score.

    Raises:
        ValueError: there are checkpoints, and all are damaged.
    """
    step = best_step(folder, mode)
    if step is None:
        return newest_good(folder)
    path = path_of(folder, step)
    problem = damage(path)
    if problem is None:
        return path, []
    message = f"The best checkpoint, '{path}', is damaged ({problem}); taking the newest good one."
    newest, messages = newest_good(folder)
    return newest, [message, *messages]


def best_step(folder, mode):
    """Step of the checkpoint with the best score; None without any."""
    found = scores(folder)
    return BEST[mode](found, key=found.get, default=None)


def scores(folder):
    """Dict from step to score, of each checkpoint that has a finite one."""
    found = {step: read_state(path_of(folder, step)).get("score") for step in steps(folder)}
    return {
        step: score
        for step, score in found.items()
        if isinstance(score, (int, float)) and math.isfinite(score)
    }


def good_steps(folder):
    """The steps whose checkpoint is whole, ascending."""
    return [step for step in steps(folder) if damage(path_of(folder, step)) is None]


def read_state(path):
    """state.json of a checkpoint; an empty dict if it can't be read."""
    try:
        state = json.loads((Path(path) / STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return state if isinstance(state, dict) else {}


def read_metrics(path):
    """The arrays of metrics.npz, in order."""
    with np.load(Path(path) / METRICS) as arrays:
        return [arrays[name] for name in arrays.files]


def prune(folder, keep, best=None):
    """Removes all but the newest `keep` checkpoints and the one of step `best`."""
    for step in steps(folder)[:-keep]:
        if step != best:
            remove(path_of(folder, step))


def set_aside(path):
    """Renames a damaged checkpoint, so that it counts as none and nothing is lost."""
    number = 1
    while (target := path.with_name(f"damaged-{path.name}-{number}")).exists():
        number += 1
    os.rename(path, target)


def remove(path):
    """Removes a checkpoint: at no moment is there half of one under its name."""
    doomed = path.with_name(f".removing-{path.name}")
    shutil.rmtree(doomed, ignore_errors=True)
    os.rename(path, doomed)
    shutil.rmtree(doomed)


def clear(folder):
    """Removes what a killed process left half written or half removed."""
    for pattern in (".writing-*", ".removing-*"):
        for path in Path(folder).glob(pattern):
            with contextlib.suppress(OSError):
                shutil.rmtree(path)


def sha256(path):
    """Hash of a file, as hex digits."""
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()

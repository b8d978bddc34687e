"""The folder of one training run: where each of its files lies, and what it was started with.

config.json       recipe, settings, seed, data fingerprint, versions
checkpoints/      everything that training needs to go on
samples/          grids of samples, one PNG for each epoch, and the GIF of all
logs/             TensorBoard
history.csv       one row for each epoch
generator.keras   the (averaged) generator alone
best.keras        the one with the best score, if --until asked for it
scores.jsonl      what `gan-keras evaluate` found, one score a line
evaluation/       its picture
quality.jsonl     scores of epochs, if they were asked for
diagnosis.jsonl   what the diagnosis measured, if it was asked for
report.html       what `gan-keras report` made of all this
judging-1/        pages for people who judge, and their key
.lock             held by the process that trains in it
"""

import json
import os
import platform
import shutil
from importlib import metadata
from pathlib import Path

from gan_keras import files, kinds
from gan_keras.recipes.recipe import check_types
from gan_keras.version import __version__

FORMAT = 1  # of a run folder; a later one may hold what this version would misread
PACKAGES = ("tensorflow", "keras", "numpy")
# What config.json holds beside the settings of the recipe, where it holds it.
ARGUMENTS = {
    **{"seed": int, "quality_every": int, "deterministic": bool, "diagnose": bool, "mark": bool},
    **{"precision": str, "strategy": str, "quality": str, "until": str, "start_from": str},
    "freeze_discriminator": int,
}
DATA = {
    **{"name": str, "fingerprint": str, "kind": str, "num_samples": int, "num_classes": int},
    **{"sample_shape": list, "class_names": list, "takes_pictures": bool},
}
CAN_LACK = {  # null
    *("until", "start_from", "freeze_discriminator"),
    *("num_classes", "class_names", "takes_pictures"),
}


class Run:
    """The paths of a run.

    Args:
        folder: the run's folder, which need not exist yet.
    """

    def __init__(self, folder):
        self.folder = Path(folder)
        self.name = self.folder.resolve().name
        self.config_file = self.folder / "config.json"
        self.checkpoints = self.folder / "checkpoints"
        self.samples = self.folder / "samples"
        self.logs = self.folder / "logs"
        self.history_file = self.folder / "history.csv"
        self.generator_file = self.folder / "generator.keras"
        self.best_file = self.folder / "best.keras"
        self.scores_file = self.folder / "scores.jsonl"
        self.quality_file = self.folder / "quality.jsonl"
        self.diagnosis_file = self.folder / "diagnosis.jsonl"

    def read_config(self):
        """What the run was started with.

        Raises:
            ValueError: there is no such run, its config.json is damaged, it is of a later format,
                or a link leads out of its folder.
        """
        if not self.config_file.is_file():
            raise ValueError(
                f"'{self.folder}' is no run folder: it has no config.json. "
                "`gan-keras train` makes one and prints its name."
            )
        try:
            text = self.config_file.read_text(encoding="utf-8")
            config = json.loads(text, object_hook=Config)
            check_config(config)
        except (ValueError, TypeError, RecursionError) as error:
            raise ValueError(
                f"'{self.config_file}' is damaged: {error}. Take a copy of it from elsewhere, or "
                "start the run again."
            ) from error
        if config.get("format", FORMAT) != FORMAT:
            raise ValueError(
                f"'{self.folder}' is a run of format {config['format']}, but this version of "
                f"gan_keras knows format {FORMAT}. Take the version that config.json names."
            )
        self.check_links()
        return config

    def check_links(self):
        """Raises ValueError for a link out of the folder: what it leads to would be written to."""
        inside = self.folder.resolve()
        for path in sorted(self.folder.iterdir()):
            if path.is_symlink() and not path.resolve().is_relative_to(inside):
                raise ValueError(
                    f"'{path}' is a link to '{os.readlink(path)}', outside of the run, which a "
                    "command might change. Put the file itself there, or remove the link."
                )

    def write_config(self, config):
        """Writes config.json anew."""
        files.write_text(self.config_file, as_json({"format": FORMAT, **config}))

    def last_grid(self):
        """Path of the newest sample grid, or None."""
        grids = sorted(self.samples.glob("*.png"))
        return grids[-1] if grids else None

    def last_step(self):
        """The step of the newest checkpoint, good or damaged; None without one."""
        names = [path.name for path in self.checkpoints.glob("[0-9]*")]
        return max((int(name) for name in names if name.isdigit()), default=None)

    def free_path(self, stem, suffix):
        """A path in the folder that no file has yet: stem-1, stem-2, ..."""
        return free_path(self.folder, stem, suffix)


class Config(dict):
    """A JSON object of config.json that says which key it lacks."""

    def __missing__(self, key):
        raise ValueError(f"config.json is damaged: it lacks '{key}'. Start the run again.")


def check_config(config):
    """Raises ValueError for what `gan-keras train` does not write."""
    if not isinstance(config, dict):
        raise ValueError(f"it holds a {type(config).__name__}, not settings")
    for key in ("settings", "arguments", "data"):
        if not isinstance(config.get(key, {}), dict):
            raise ValueError(f"'{key}' is {config[key]!r}, not settings")
    if not isinstance(config.get("recipe", ""), str):
        raise ValueError(f"'recipe' is {config['recipe']!r}, not a name")
    check_types(config.get("settings", {}))
    for key, types in (("arguments", ARGUMENTS), ("data", DATA)):
        for name, value in config.get(key, {}).items():
            if name not in types or (value is None and name in CAN_LACK):
                continue
            if type(value) is not types[name]:
                raise ValueError(f"'{name}' of '{key}' is {value!r}, no {types[name].__name__}")
    shape = config.get("data", {}).get("sample_shape", [])
    if not all(side is None or (type(side) is int and side > 0) for side in shape):
        raise ValueError(f"'sample_shape' of 'data' is {shape}, not positive integers")


def create(folder, config):
    """Makes a run folder that holds `config` from its first moment on.

    Args:
        folder: its path, which must be new or an empty folder.
        config: dict that JSON can hold.

    Raises:
        ValueError: something is there already, or JSON can't hold `config`.
        OSError: the folder can't be written.
    """
    folder = Path(folder)
    check_new(folder)
    as_json(config)  # what it can't hold leaves nothing behind
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".writing-{os.getpid()}-{folder.name}")
    temporary.mkdir()
    try:
        Run(temporary).write_config(config)
        os.rename(temporary, folder)
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        check_new(folder)
        raise
    return Run(folder)


def check_new(folder):
    """Raises ValueError if `folder` exists and has something in it."""
    folder = Path(folder)
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        raise ValueError(
            f"'{folder}' exists already. Give another --out, or go on with that run by "
            f"--resume {folder}"
        )
    files.check_folder(folder.parent)


def default_folder(name):
    """runs/<name>-<n> with the first free n.

    Raises:
        ValueError: the name holds a path, which would lead out of runs/.
    """
    check_name(name)
    return free_path(Path("runs"), name, "")


def check_name(name):
    """Raises ValueError unless a recipe's name can be a part of a folder's."""
    if not name or name.startswith(".") or any(sign in name for sign in "/\\:\0"):
        raise ValueError(
            f"`name` is part of the run folder's name, so it may hold no path. Received: {name!r}. "
            "Say where the run goes by --out FOLDER."
        )


def newest(name):
    """The run folder runs/<name>-<n> with the largest n.

    Raises:
        ValueError: there is none.
    """
    numbered = [
        (int(path.name.rpartition("-")[2]), path)
        for path in Path("runs").glob(f"{name}-*")
        if path.name.rpartition("-")[2].isdigit() and path.name.rpartition("-")[0] == name
    ]
    if not numbered:
        raise ValueError(f"No run of '{name}' under runs/ to go on with. Write --resume FOLDER.")
    return max(numbered)[1]


def free_path(folder, stem, suffix):
    """folder/<stem>-<n><suffix> with the first free n, counting from 1."""
    number = 1
    while (path := Path(folder) / f"{stem}-{number}{suffix}").exists():
        number += 1
    return path


def versions():
    """Versions of Python and of the packages that decide what a run computes."""
    return {
        "gan_keras": __version__,
        "python": platform.python_version(),
        **{package: metadata.version(package) for package in PACKAGES},
    }


def as_json(config):
    """JSON text of a config, tuples as lists.

    Raises:
        ValueError: something in it that JSON can't hold.
    """
    try:
        return json.dumps(config, indent=2, ensure_ascii=False) + "\n"
    except (TypeError, ValueError, RecursionError) as error:
        raise ValueError(
            f"A setting can't be kept in config.json ({error}). Settings are numbers, words, None, "
            "tuples and dicts of these."
        ) from error


def kind_of(config):
    """The class of the kind that a run was trained on, as its config.json says it."""
    return kinds.described(config.get("data") or {})


def describe(described):
    """One line on the data of a config."""
    shape = "x".join(map(str, described["sample_shape"]))
    return (
        f"'{described['name']}', {described['num_samples']} samples of {shape}, "
        f"fingerprint {described['fingerprint']}"
    )

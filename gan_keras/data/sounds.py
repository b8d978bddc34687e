"""Sounds as sources: a folder of .wav files, which become spectrograms, or stay waves."""

import os
import pathlib
import warnings

import numpy as np

from gan_keras import audio
from gan_keras.data import folder as image_folder
from gan_keras.data.source import Source
from gan_keras.kinds.spectrograms import Spectrograms
from gan_keras.kinds.waves import Waves

ARGUMENTS = ("form", "rate", "num_samples", "mix", "labels_by", "num_frequencies", "hop")
FORMS = ("spectrograms", "waves")
LOUDEST = 0.999  # of the amplitude; more than a few such samples in a row were cut off
CLIPPED = 0.01  # share of samples
SHORTEST = 128  # samples of a wave that is worth hearing
BY = ("folder", "name")


def is_sounds(data):
    """Whether `data` is a path to a folder with .wav files and nothing that is an image."""
    if not isinstance(data, (str, os.PathLike)) or not pathlib.Path(data).is_dir():
        return False
    found = False
    for path in pathlib.Path(data).rglob("*"):
        if path.suffix.lower() in image_folder.SUFFIXES:
            return False
        found = found or path.suffix.lower() == ".wav"
    return found


def has_folders(data):
    """Whether some .wav file lies in a folder of the folder: its class."""
    return any(path.parent != pathlib.Path(data) for path in wav_paths(pathlib.Path(data)))


def sounds(
    data,
    *,
    form="spectrograms",
    rate=None,
    num_samples=4_096,
    mix=False,
    labels_by=None,
    num_frequencies=64,
    hop=64,
    split="train",
    kind=None,
    name=None,
    class_names=None,
    chosen=None,
):
    """A source of the sounds in a folder: their spectrograms, or their waves.

    Args:
        data: path of the folder; .wav files in it, and in folders of it.
        form: "spectrograms" (the default) or "waves".
        rate: samples a second that all are brought to. Defaults to None: that of the files, which
            must agree.
        num_samples: of each sound: longer ones are cut at their end, shorter ones get silence. Of
            spectrograms a whole number of `hop`s. Defaults to 4,096.
        mix: whether several channels are mixed into one; else they are refused. Defaults to False.
        labels_by: "folder": the folder that a file lies in is its class; "name": what stands before
            the first "_" in its name. Defaults to None: by folder, if there are two or more.
        num_frequencies, hop: of spectrograms, see the kind. Default to 64 and 64.
        split: "train" or "test": of a folder with `train` and `test` in it; else "train" alone.
        kind: a `kinds.Spectrograms` or `kinds.Waves` that was fitted before. Defaults to None:
            fitted to these.
        name: what messages call it. Defaults to the path.
        class_names: of all classes, where a part may lack some. Defaults to those there are.
        chosen: function from a path to whether it belongs to the part. Defaults to all.

    Raises:
        ValueError: no such file, one that can't be read, of another rate, of several channels, too
            short, or silent; an argument that makes no sense.
    """
    folder, name = pathlib.Path(data), name or str(data)
    if not folder.is_dir():
        raise ValueError(f"No folder '{name}'. Give a folder of .wav files.")
    if form not in FORMS:
        raise ValueError(f"`form` is 'spectrograms' or 'waves'. Received: {form!r}.")
    if labels_by not in (None, *BY):
        raise ValueError(f"`labels_by` is 'folder' or 'name'. Received: {labels_by!r}.")
    for what, value in (("num_samples", num_samples), ("hop", hop)):
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise ValueError(f"`{what}` is a positive number of samples. Received: {value!r}.")
    if form == "spectrograms" and num_samples % hop:
        raise ValueError(f"`num_samples` (={num_samples}) is a whole number of hops of {hop}.")
    if (folder / "train").is_dir() and (folder / "test").is_dir():
        if kind is None and split == "test":
            train = sounds(
                data,
                form=form,
                rate=rate,
                num_samples=num_samples,
                mix=mix,
                labels_by=labels_by,
                num_frequencies=num_frequencies,
                hop=hop,
            )
            kind, class_names = train.kind, train.class_names
        folder = folder / split
    elif split != "train" and chosen is None:
        raise ValueError(
            f"'{name}' has no '{split}' split. Put folders train and test into it, or hold some "
            "sounds out: source(...).split(0.1)."
        )
    paths = sorted(path for path in wav_paths(folder) if chosen is None or chosen(path))
    if not paths:
        raise ValueError(f"'{name}' holds no .wav file. Give a folder of .wav files.")
    shortest = 2 * num_frequencies if form == "spectrograms" else SHORTEST
    waves, rate = _waves(paths, rate, num_samples, mix, shortest)
    labels, class_names = _labels(paths, folder, labels_by, class_names)
    if kind is None and form == "waves":
        kind = Waves.fitted(waves, rate=rate)
    elif kind is None:
        kind = Spectrograms.fitted(waves, rate=rate, num_frequencies=num_frequencies, hop=hop)
    elif kind.rate != rate:
        raise ValueError(
            f"'{name}' has {rate:,} samples a second, but the run {kind.rate:,}. Bring it to that: "
            f"rate={kind.rate}."
        )
    samples = kind.encode(waves)
    return Source(name=name, samples=samples, kind=kind, labels=labels, class_names=class_names)


def wav_paths(folder):
    """Paths of .wav files; hidden ones, and what is no file (a pipe, say), left out."""
    for path in folder.rglob("*"):
        is_named = path.suffix.lower() == ".wav" and not path.name.startswith(".")
        if is_named and path.is_file():
            yield path


def _waves(paths, rate, num_samples, mix, shortest):
    """float32 (n, num_samples), and the rate that all have."""
    found, clipped, as_first = np.zeros((len(paths), num_samples), "float32"), [], rate is None
    for row, path in zip(found, paths, strict=True):
        wave, own = audio.read(path)
        wave = _one_channel(path, wave, mix)
        rate = rate or own
        if as_first and own != rate:
            raise ValueError(
                f"'{path}' has {own:,} samples a second, but '{paths[0]}' {rate:,}. Bring all to "
                f"one: rate={rate} (--set data_arguments.rate={rate})."
            )
        if (np.abs(wave) >= LOUDEST).mean() > CLIPPED:
            clipped.append(path)
        wave = audio.resampled(wave, own, rate)[:num_samples]
        if len(wave) < shortest:
            raise ValueError(
                f"'{path}' has {len(wave)} samples at {rate:,} a second, fewer than the {shortest} "
                "that a sound takes. Leave it out."
            )
        row[: len(wave)] = wave
    if clipped:
        warnings.warn(
            f"{len(clipped)} sounds are cut off at the loudest level in more than a hundredth of "
            f"their samples, the first '{clipped[0]}'. Record or export them more quietly.",
            stacklevel=3,
        )
    return found, rate


def _one_channel(path, wave, mix):
    """The sound in a file, float32 (samples,).

    Raises:
        ValueError: it has several channels, no number in a sample, or no sound.
    """
    if wave.shape[1] > 1 and not mix:
        raise ValueError(
            f"'{path}' has {wave.shape[1]} channels, but sounds have one. Mix them: mix=True "
            "(--set data_arguments.mix=true)."
        )
    wave = wave.mean(axis=1)
    if not np.isfinite(wave).all():
        raise ValueError(f"'{path}' holds NaN or infinity. Leave it out.")
    if not wave.any():
        raise ValueError(f"'{path}' is silent: all of its samples are 0. Leave it out.")
    return wave


def _labels(paths, folder, labels_by, class_names):
    """int32 labels and the names of their classes; or two None."""
    names = [path.parent.relative_to(folder).as_posix() for path in paths]
    if labels_by == "name":
        names = [path.stem.partition("_")[0] for path in paths]
    known = class_names or sorted(set(names))
    if labels_by is None and len(known) < 2:
        return None, None
    if len(known) < 2:
        raise ValueError(f"'{folder}' has one class by {labels_by}, '{known[0]}'. Give two.")
    if unknown := sorted(set(names) - set(known)):
        raise ValueError(f"'{folder}' has the class '{unknown[0]}', which training lacks.")
    return np.array([known.index(name) for name in names], "int32"), known

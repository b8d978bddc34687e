"""Data: named sets, folders, arrays and toys, as batches of float32 in [-1, 1].

To add a set: write a file with a function `(*, split="train") -> Source` and a line in each of
`NAMES` and `_SOURCES`. Nothing here imports TensorFlow until batches are made.
"""

import functools
import os
import pathlib
import typing

from gan_keras.data import (
    adult,
    arrays,
    bundled,
    captions,
    fluent_emoji,
    folder,
    keras_datasets,
    label_ids,
    moving_garments,
    names,
    official_files,
    pair_arrays,
    pair_folder,
    sequences,
    series,
    sizing,
    sounds,
    splice_junctions,
    spoken_digits,
    stacked,
    tables,
    toy,
    videos,
    weather,
)
from gan_keras.data.source import Modes, Source
from gan_keras.spelling import nearest

if typing.TYPE_CHECKING:
    import tensorflow as tf

__all__ = ["NAMES", "Modes", "Source", "load", "source"]

NAMES = {
    "fashion_mnist_10k": "10,000 garments, 28x28 grey, 10 classes; bundled, no network",
    "fashion_mnist_500": "500 of the same, 50 of each class: few images; no network",
    "stacked_fashion_mnist": "50,000 triples of garments, 28x28 colour, 1,000 classes; no network",
    "mnist": "70,000 digits, 28x28 grey, 10 classes; network once",
    "fashion_mnist": "70,000 garments, 28x28 grey, 10 classes; network once, or Debian's package",
    "cifar10": "60,000 photographs, 32x32 colour, 10 classes; network once",
    "cifar100": "60,000 photographs, 32x32 colour, 100 classes; network once",
    "fluent_emoji": "1,570 emoji as drawing, flat and render, 64x64, in pairs; bundled, no network",
    "fluent_emoji_renders": "the 3-D renders of the same alone, 64x64 colour; bundled, no network",
    "fluent_emoji_labels": "the renders with label maps of twelve colours, 64x64; no network",
    "adult": "16,000 rows of the Adult table (census, income), 15 columns; bundled, no network",
    "splice_junctions": "3,186 stretches of 60 nucleotides, 3 classes; bundled, no network",
    "names": "5,494 first names of the US census of 1990, of women and men; bundled, no network",
    "captions": "4,115 captions of photographs, 7 to 10 words of 564 each; bundled, no network",
    "spoken_digits": "3,000 spoken digits, 10 classes; from files of your own, no network",
    "weather": "1,086 days of hourly weather by airport and month, 6 channels; bundled, no network",
    "moving_garments": "2,500 clips of two garments that move, 16 frames, 28x28 colour; no network",
    "ring": "8 Gaussians on a circle, 2-D points; no network",
    "grid": "25 Gaussians on a grid, 2-D points; no network",
}

_SOURCES = {
    "fashion_mnist_10k": bundled.fashion_mnist_10k,
    "fashion_mnist_500": bundled.fashion_mnist_500,
    "stacked_fashion_mnist": stacked.stacked_fashion_mnist,
    "mnist": keras_datasets.mnist,
    "fashion_mnist": keras_datasets.fashion_mnist,
    "cifar10": keras_datasets.cifar10,
    "cifar100": keras_datasets.cifar100,
    "fluent_emoji": fluent_emoji.fluent_emoji,
    "fluent_emoji_renders": fluent_emoji.renders,
    "fluent_emoji_labels": fluent_emoji.labels,
    "adult": adult.adult,
    "splice_junctions": splice_junctions.splice_junctions,
    "names": names.names,
    "captions": captions.captions,
    "spoken_digits": spoken_digits.spoken_digits,
    "weather": weather.weather,
    "moving_garments": moving_garments.moving_garments,
    "ring": toy.ring,
    "grid": toy.grid,
}

TABLES = ("adult",)
"""Those names that are tables."""

SEQUENCES = ("splice_junctions", "names", "captions")
"""Those names that are sequences."""

LINES = ("names", "captions")
"""Those of them that are lines of text."""

SOUNDS = ("spoken_digits",)
"""Those names that are sounds."""

SERIES = ("weather",)
"""Those names that are series of readings."""

VIDEOS = ("moving_garments",)
"""Those names that are videos."""

PAIRS = ("pairing", "direction", "input", "target", "input_channels", "num_labels", "dont_care")


def source(
    data,
    *,
    image_size=None,
    channels=None,
    fit="crop",
    on_bad_file="error",
    split="train",
    **others,
) -> Source:
    """Data in memory as a `Source`.

    Args:
        data: a name in `NAMES`; a path to a folder of images, of MNIST's four IDX files or of
            CIFAR's binary batches, or to an .npy or .npz file; an array, or a tuple
            `(samples, labels)`; or a `Source`. A name goes before a path: write "./mnist"
            for a folder of that name. Tables: a .csv or .tsv (also .gz and .xz) or .parquet, a
            dict from a column's name to its values, or a pandas DataFrame. Sequences: a .fasta or
            a .txt with one a line (also .gz and .xz).
        image_size: pixels of a side, or (height, width); None keeps the images' own.
        channels: 1 (grey), 3 (colour); None keeps the images' own.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        on_bad_file: for a folder, "error" or "skip".
        split: "train", or "test" where there is one.
        others: for tables, see `tables.table`:
            columns: dict from a column's name to its type: "category", "boolean", "number", "date".
            drop: names of columns to leave out.
            schema: a `kinds.Table` that was fitted before.
            min_rows: how many rows a value must have to be kept. Defaults to 10.
            max_bins, max_values, max_categories: see `kinds.fit_columns.fit`.
            For sequences, see `sequences.sequences`:
            vocabulary: their symbols, a text of letters or a list of words.
            length: how many symbols each has.
            pad: a symbol that fills shorter ones.
            min_count: how often a symbol has to come to be kept.
            unknown: what stands for those that are not.
            For sounds, a folder of .wav files, see `sounds.sounds`:
            form: "spectrograms" or "waves".
            rate: samples a second.
            num_samples: of each sound.
            mix: whether several channels are mixed.
            labels_by: "folder" or "name".
            num_frequencies, hop: of the spectrograms.
            For series of readings, .csv or .npz, see `series.series`:
            series: the column of a text that says which series a reading belongs to. It also says
                that `data` are series, and no table.
            lengths: "one" (the default), or "several" for series of several lengths.
            drop: names of columns to leave out.
            rate: readings a second.
            For videos, a folder of .gif files or of folders of frames, see `videos.videos`:
            num_frames: of each clip. It also says that `data` are videos, and no images.
            For what a translation learns from:
            pairing: "paired" or "unpaired"; None as the layout of the folder says, and of two
                arrays: paired if they are equally many.
            direction: "AtoB" (the default) or "BtoA", of folders and pictures with two sides.
            input_channels: 1 or 3, where inputs are to have others than samples.
            num_labels, dont_care: where inputs are label maps: how many classes, and the number of
                pixels that belong to none (see `label_ids.LabelIds`).
            input, target: of "fluent_emoji": "line" (the default) or "flat", and "render" (the
                default) or "flat".
            `data` is then the name "fluent_emoji", a folder of pairs (`pair_folder`), an .npz with
            `input` and `target`, or a tuple of two arrays.

    Raises:
        ValueError: the data are not there, or not as they must be.
        TypeError: `data` is none of the above, or an argument is unknown.
    """
    known = (
        *PAIRS,
        *tables.ARGUMENTS,
        *sequences.ARGUMENTS,
        *series.ARGUMENTS,
        *sounds.ARGUMENTS,
        *videos.ARGUMENTS,
    )
    if unknown := [name for name in others if name not in known]:
        raise TypeError(f"Unknown argument `{unknown[0]}` of data.{nearest(unknown[0], known)}")
    if isinstance(data, str) and not data.strip():
        raise ValueError(
            "`data` is empty. Give a name (see `gan-keras list`) or a path; write . for the "
            "folder that you are in."
        )
    sizes = {"image_size": image_size, "channels": channels, "fit": fit}
    pairs = {name: value for name, value in others.items() if name in PAIRS}
    of_table = {name: value for name, value in others.items() if name in tables.ARGUMENTS}
    of_sequences = {name: value for name, value in others.items() if name in sequences.ARGUMENTS}
    of_series = {name: value for name, value in others.items() if name in series.ARGUMENTS}
    named = isinstance(data, str) and data in _SOURCES
    if "num_frames" in others or (named and data in VIDEOS):
        return _videos(data, split, sizes, others, named)
    if (not named and sounds.is_sounds(data)) or (named and data in SOUNDS):
        _only([*others, *_set(sizes)], sounds.ARGUMENTS, "sounds")
        read = _SOURCES[data] if named else functools.partial(sounds.sounds, data)
        return read(split=split, **others)
    if of_series or (named and data in SERIES):
        of_series |= {name: of_table.pop(name) for name in ("drop",) if name in of_table}
        _only([*pairs, *of_table, *of_sequences, *_set(sizes)], (), "series")
        return _series(data, split, of_series)
    if (not named and sequences.is_sequences(data)) or (named and data in SEQUENCES):
        _only([*pairs, *of_table, *_set(sizes)], (), "sequences")
        if named:
            known = sequences.ARGUMENTS if data in LINES else ()
            _only(of_sequences, known, f"'{data}', which has its own")
            return _SOURCES[data](split=split, **of_sequences)
        return sequences.sequences(data, split=split, **of_sequences)
    _only(of_sequences, (), "anything but sequences")
    _only([name for name in others if name in sounds.ARGUMENTS], (), "anything but sounds")
    if not named and tables.is_table(data):
        _only([*pairs, *_set(sizes)], (), "a table")
        return tables.table(data, split=split, **of_table)
    if named and data in TABLES:
        _only([*pairs, *_set(sizes)], (), "a table")
        return _SOURCES[data](split=split, **of_table)
    _only(of_table, (), "anything but a table")
    if pairs or _are_pairs(data):
        return _pairs(data, split, sizes, **pairs).source()
    if isinstance(data, Source):
        found = data
    elif isinstance(data, (str, os.PathLike)):
        is_folder = str(data) not in _SOURCES and pathlib.Path(data).is_dir()
        found = official_files.in_folder(data, split) if is_folder else _named_or_file(data, split)
        if found is None:
            return folder.folder(data, **sizes, on_bad_file=on_bad_file, split=split)
    elif isinstance(data, tuple) and len(data) != 2:
        raise TypeError(f"A tuple of {len(data)} came, but data are (samples, labels).")
    elif isinstance(data, tuple) or hasattr(data, "__array__"):
        found = arrays.arrays(data, split=split)
    else:
        raise TypeError(
            f"`data` is a {type(data).__name__}, but must be a name, a path, an array, a tuple "
            "(samples, labels), or, for `load`, a tf.data.Dataset. Pass np.array(data)?"
        )
    return sizing.resized(found, image_size=image_size, channels=channels, fit=fit)


def load(
    data,
    *,
    batch_size=64,
    image_size=None,
    channels=None,
    fit="crop",
    on_bad_file="error",
    split="train",
    seed=0,
    shuffle=True,
    repeat=False,
    labels=None,
    drop_remainder=True,
    first_batch=0,
    **others,
) -> "tf.data.Dataset":
    """Data as a `tf.data.Dataset` of `images` or `(images, labels)`, ready for `fit`.

    Args:
        data: as for `source`, or a `tf.data.Dataset` of batches, which is passed through after a
            look at its first batch; the other arguments but `labels` do not touch it.
        batch_size: samples in a batch. 64 by default.
        image_size, channels, fit, on_bad_file, split: as for `source`.
        seed, shuffle, repeat, labels, drop_remainder, first_batch: as for `Source.batches`.
        others: as for `source`; of pairs, batches are dicts by role, "real" and "input"; of tables,
            numbers of blocks, int32 (batch, columns); of sequences, places in the vocabulary, int32
            (batch, length).

    Returns:
        Images float32 (batch, h, w, c) in [-1, 1], or vectors float32 (batch, d); labels int32
        (batch,).

    Example:

        dataset = gan_keras.data.load("fashion_mnist_10k", batch_size=64)
        gan.fit(dataset, epochs=10)
    """
    import tensorflow as tf

    if isinstance(data, tf.data.Dataset):
        from gan_keras.data import passthrough

        return passthrough.checked(data, labels=labels)
    found = source(
        data,
        image_size=image_size,
        channels=channels,
        fit=fit,
        on_bad_file=on_bad_file,
        split=split,
        **others,
    )
    return found.batches(
        batch_size,
        seed=seed,
        shuffle=shuffle,
        repeat=repeat,
        first_batch=first_batch,
        labels=labels,
        drop_remainder=drop_remainder,
    )


def _pairs(data, split, sizes, *, num_labels=None, dont_care=None, input_channels=None, **pairs):
    """`Pairs` of whatever holds some."""
    if isinstance(data, str) and data == "fluent_emoji":
        _only(pairs, ("pairing", "input", "target"), "'fluent_emoji'")
        if sizes["image_size"] not in (None, fluent_emoji.SIDE):
            raise ValueError(
                f"'fluent_emoji' has pictures of {fluent_emoji.SIDE} pixels. Received: "
                f"`image_size` {sizes['image_size']}. Leave it out."
            )
        return fluent_emoji.fluent_emoji(split=split, **pairs)
    maps = None
    if num_labels is not None:
        maps = label_ids.LabelIds(num_classes=num_labels, dont_care=dont_care)
    of_arrays = {"label_maps": maps, "input_channels": input_channels, **sizes}
    if isinstance(data, tuple) and len(data) == 2:
        _only(pairs, ("pairing",), "two arrays")
        return pair_arrays.from_arrays(*data, paired=_paired(pairs), **of_arrays)
    if isinstance(data, (str, os.PathLike)) and pathlib.Path(data).is_dir():
        _only(pairs, ("pairing", "direction"), "a folder")
        return pair_folder.pair_folder(
            data, split=split, label_maps=maps, input_channels=input_channels, **pairs, **sizes
        )
    if isinstance(data, (str, os.PathLike)) and pathlib.Path(data).suffix == ".npz":
        _only(pairs, ("pairing",), "an .npz")
        return pair_arrays.pair_file(data, split=split, paired=_paired(pairs), **of_arrays)
    raise ValueError(
        f"'{data}' holds no pairs. Give 'fluent_emoji', a folder with 'input' and 'target', or an "
        ".npz with these two."
    )


def _are_pairs(data):
    """Whether the data are pairs without a word about it."""
    if not isinstance(data, (str, os.PathLike)):
        return False
    return str(data) == "fluent_emoji" or pair_arrays.holds_pairs(data)


def _series(data, split, arguments):
    """A source of series, bundled or in a file."""
    if isinstance(data, str) and data in SERIES:
        # The name of the column is a setting of the recipe, for whatever file there may be.
        _only([name for name in arguments if name != "series"], (), f"'{data}', which has its own")
        return _SOURCES[data](split=split)
    if not isinstance(data, (str, os.PathLike)) or data in _SOURCES:
        raise ValueError(
            f"`series` is for a file of series, a .csv or an .npz. Received: {data!r:.60}. Leave "
            "it out, or take the recipe that is for such data."
        )
    return series.series(data, split=split, **arguments)


def _videos(data, split, sizes, arguments, named):
    """A source of videos, bundled or in a folder."""
    _only(arguments, videos.ARGUMENTS, "videos")
    if not named:
        return videos.videos(data, split=split, **sizes, **arguments)
    if data not in VIDEOS:
        raise ValueError(f"`num_frames` is for videos, but '{data}' holds none. Leave it out.")
    _only(_set(sizes), (), f"'{data}', which has its own")
    found = _SOURCES[data](split=split)
    if arguments.get("num_frames", found.kind.shape[0]) != found.kind.shape[0]:
        raise ValueError(
            f"'{data}' has clips of {found.kind.shape[0]} frames. Received: `num_frames` "
            f"{arguments['num_frames']}. Leave it out."
        )
    return found


def _paired(pairs):
    """Whether two arrays are said to be pairs; None if nothing is said."""
    pairing = pairs.get("pairing")
    if pairing not in (None, "paired", "unpaired"):
        raise ValueError(f"`pairing` (={pairing!r}) must be 'paired', 'unpaired' or None.")
    return None if pairing is None else pairing == "paired"


def _set(sizes):
    """Names of the arguments of `sizes` that are not at their defaults."""
    return [name for name, value in sizes.items() if value not in (None, "crop")]


def _only(given, known, what):
    """Refuses arguments of pairs that do not belong to what holds them."""
    for name in given:
        if name not in known:
            raise ValueError(f"`{name}` is not for {what}. Leave it out.")


def _named_or_file(data, split):
    if str(data) in _SOURCES:
        return _SOURCES[str(data)](split=split)
    if arrays.is_array_file(data) and pathlib.Path(data).is_file():
        return arrays.array_file(data, split=split)
    raise ValueError(
        f"No data set, folder, table, sequences, .npy or .npz '{data}'.{nearest(data, _SOURCES)}"
    )

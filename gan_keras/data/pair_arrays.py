"""Pairs that are there already: two arrays, or an .npz of them."""

import pathlib
import zipfile

import numpy as np

from gan_keras import kinds
from gan_keras.data import arrays, sizing
from gan_keras.data.pairs import Pairs

KEYS = {"train": ("input", "target"), "test": ("test_input", "test_target")}


def from_arrays(
    input,
    target,
    *,
    paired=True,
    label_maps=None,
    image_size=None,
    input_channels=None,
    channels=None,
    fit="crop",
    name="array",
):
    """`Pairs` of two arrays of images, uint8 in [0, 255] or floating point in [-1, 1].

    Args:
        input: (m, h, w) or (m, h, w, c), c in (1, 3), what a generator is given; class numbers,
            integers (m, h, w), if `label_maps` says so.
        target: (n, h, w) or (n, h, w, c), c in (1, 3), what it is to make.
        paired: whether they belong to each other row by row; None: if they are equally many.
        label_maps: a `label_ids.LabelIds`, or None.
        image_size: pixels of a side, or (height, width), of both; None keeps their own.
        input_channels, channels: 1 (grey), 3 (colour), of input and target; None keeps their own.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        name: what messages call the data.

    Raises:
        ValueError: an array is not as said above; paired, but not equally many.
    """
    sizing.parse(image_size, input_channels, fit)
    size = sizing.parse(image_size, channels, fit)
    wanted = _images(target, f"{name}: target")
    wanted = _resized(wanted, size, channels, fit)
    if label_maps:
        given = label_maps.checked(input, name)
        if size:
            given = np.stack([label_maps.fitted(ids, size, fit) for ids in given])
    else:
        given = _resized(_images(input, f"{name}: input"), size, input_channels, fit)
    return Pairs(
        name=name,
        input=given,
        samples=wanted,
        paired=len(given) == len(wanted) if paired is None else paired,
        num_ids=label_maps.num_ids if label_maps else None,
    )


def holds_pairs(path):
    """Whether a path is that of an .npz with the two arrays of a training split."""
    if not str(path).endswith(".npz") or not pathlib.Path(path).is_file():
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return {f"{key}.npy" for key in KEYS["train"]} <= set(archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False  # damaged, or no archive: its reader says so


def pair_file(path, *, split="train", **arguments):
    """`Pairs` of an .npz with `input` and `target` (split="test": `test_input`, `test_target`).

    Args:
        path: the file.
        split: "train" or "test".
        arguments: as for `from_arrays`.

    Raises:
        ValueError: the file can't be read, or lacks one of the two; as for `from_arrays`.
    """
    if split not in KEYS:
        raise ValueError(f"'{path}' has no split '{split}'. Take 'train' or 'test'.")
    content = arrays.read(path)
    content = content if isinstance(content, dict) else {"one array": content}
    if not all(key in content for key in KEYS[split]):
        held = ", ".join(content) or "nothing"
        raise ValueError(
            f"'{path}' holds {held}, but pairs of the split '{split}' are looked for as "
            f"'{KEYS[split][0]}' and '{KEYS[split][1]}'. Rename the arrays."
        )
    given, wanted = (content[key] for key in KEYS[split])
    return from_arrays(given, wanted, name=str(pathlib.Path(path)), **arguments)


def _resized(images, size, channels, fit):
    return sizing.resized_array(
        images, size or images.shape[1:3], channels or images.shape[-1], fit
    )


def _images(array, name):
    array, kind = np.asarray(array), kinds.of(np.asarray(array), name)
    array = kind.check(array, name)
    if not isinstance(kind, kinds.Images) or array.shape[-1] not in (1, 3):
        raise ValueError(
            f"'{name}': samples have shape {array.shape}, but pairs are of images with 1 or 3 "
            "channels. Keep those, as in images[..., :3]; lay an alpha channel on white first."
        )
    return array

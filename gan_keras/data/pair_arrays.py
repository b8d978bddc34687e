"""Pairs that are there already: two arrays, or an .npz of them."""

import pathlib

import numpy as np

from gan_keras import kinds
from gan_keras.data import arrays
from gan_keras.data.pairs import Pairs

KEYS = {"train": ("input", "target"), "test": ("test_input", "test_target")}


def from_arrays(input, target, *, paired=True, label_maps=None, name="array"):
    """`Pairs` of two arrays of images, uint8 in [0, 255] or floating point in [-1, 1].

    Args:
        input: (m, h, w) or (m, h, w, c), c in (1, 3), what a generator is given; class numbers,
            integers (m, h, w), if `label_maps` says so.
        target: (n, h, w) or (n, h, w, c), c in (1, 3), what it is to make.
        paired: whether they belong to each other row by row.
        label_maps: a `label_ids.LabelIds`, or None.
        name: what messages call the data.

    Raises:
        ValueError: an array is not as said above; paired, but not equally many.
    """
    given = label_maps.checked(input, name) if label_maps else _images(input, f"{name}: input")
    return Pairs(
        name=name,
        input=given,
        samples=_images(target, f"{name}: target"),
        paired=paired,
        num_ids=label_maps.num_ids if label_maps else None,
    )


def pair_file(path, *, split="train", paired=True, label_maps=None):
    """`Pairs` of an .npz with `input` and `target` (split="test": `test_input`, `test_target`).

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
    return from_arrays(
        given, wanted, paired=paired, label_maps=label_maps, name=str(pathlib.Path(path))
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

"""A folder of images: PNG, JPEG, WebP, GIF (its first frame) and BMP, at any depth."""

import os
import pathlib
import warnings

import numpy as np
from PIL import Image, ImageOps

from gan_keras.data import sizing
from gan_keras.data.source import Source

SUFFIXES = (".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp")
GREY_MODES = ("1", "L", "LA", "I", "I;16", "I;16B", "I;16L")
SPLITS = ("train", "test")


def folder(path, *, image_size=None, channels=None, fit="crop", on_bad_file="error", split="train"):
    """Every image under a folder, decoded on all cores and kept as uint8.

    The first level of subfolders gives the labels, in the order of their names, if there are at
    least two of them and no image lies outside; else there are no labels. A folder that has both a
    `train` and a `test` folder has those splits. Cameras' orientation marks are obeyed, and
    transparent images are laid on white. Hidden files are passed over, and so are files with other
    suffixes, with a warning.

    Args:
        path: the folder.
        image_size: pixels of a side, or (height, width); None takes the images as they are, which
            must then all have one size.
        channels: 1 (grey), 3 (colour); None is grey if every image is.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        on_bad_file: "error", or "skip", which warns with a count.
        split: "train" or "test".

    Raises:
        ValueError: there are no images; one can't be read (and is not to be skipped); sizes are
            mixed and `image_size` is None; there is no such split.
    """
    root = _split_folder(pathlib.Path(path), split)
    if on_bad_file not in ("error", "skip"):
        raise ValueError(f"`on_bad_file` (={on_bad_file!r}) must be 'error' or 'skip'.")
    size = sizing.parse(image_size, channels, fit)
    if size is None:
        fit = None
    paths = _image_paths(root)
    channels = channels or _channels(paths)
    first, size = (None, size) if size else _first_size(paths, channels)
    samples = np.empty((len(paths), *size, channels), "uint8")

    def decode(place):
        try:
            image = decoded(paths[place], channels, size, fit)
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            return error
        if image.shape != samples.shape[1:]:
            raise ValueError(
                f"Images in '{root}' have mixed sizes: '{_name(first, root)}' is {size[1]}x"
                f"{size[0]} and '{_name(paths[place], root)}' {image.shape[1]}x{image.shape[0]} "
                "pixels. Give `image_size`, e.g. image_size=64."
            )
        samples[place] = image
        return None

    errors = sizing.in_parallel(decode, range(len(paths)))
    if any(errors):
        _report(paths, errors, on_bad_file, root)
        samples = samples[[error is None for error in errors]]
        paths = [path for path, error in zip(paths, errors, strict=True) if error is None]
    labels, class_names = _labels(paths, root)
    return Source(name=str(path), samples=samples, labels=labels, class_names=class_names)


def _split_folder(path, split):
    if split not in SPLITS:
        raise ValueError(f"'{path}' has no split '{split}'. Take 'train' or 'test'.")
    if all((path / name).is_dir() for name in SPLITS):
        return path / split
    if split != "train":
        raise ValueError(
            f"'{path}' has no '{split}' split. Put the images into two folders in it, 'train' and "
            "'test', or hold some out: source(...).split(0.1)."
        )
    return path


def _image_paths(root):
    images, others, seen = [], [], set()
    for parent, folders, files in os.walk(root, followlinks=True):
        if os.path.realpath(parent) in seen:  # a link that leads back up
            folders.clear()
            continue
        seen.add(os.path.realpath(parent))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                is_image = name.lower().endswith(SUFFIXES)
                (images if is_image else others).append(pathlib.Path(parent, name))
    if not images:
        raise ValueError(
            f"No images in '{root}', looked for {', '.join(SUFFIXES)} at every depth. Is it the "
            "right folder?"
        )
    if others:
        warnings.warn(
            f"{len(others)} of {len(images) + len(others)} files in '{root}' are passed over for "
            f"their suffix, '{_name(others[0], root)}' first.",
            stacklevel=4,
        )
    return sorted(images, key=lambda path: _name(path, root))


def _channels(paths):
    """1 if every image that opens is grey, else 3."""
    return 1 if all(sizing.in_parallel(_opens_grey, paths)) else 3


def _opens_grey(path):
    try:
        with Image.open(path) as picture:
            return picture.mode in GREY_MODES
    except Exception:  # decoding it will report it
        return True


def _first_size(paths, channels):
    """The first image that can be decoded and its (height, width), which all others must have."""
    for path in paths:
        try:
            return path, decoded(path, channels, None, None).shape[:2]
        except Exception:  # decoding it will report it
            continue
    return None, (1, 1)


def decoded(path, channels, size, fit):
    """One image file, uint8 (h, w, channels), at `size` if `fit` says how to bring it there."""
    with Image.open(path) as picture:
        if fit:
            # A large JPEG decodes at a fraction of its size, still at least twice what is wanted.
            picture.draft(None, (2 * max(size), 2 * max(size)))
        picture = _eight_bits(ImageOps.exif_transpose(picture)).convert(sizing.MODES[channels])
    if fit:
        picture = sizing.fitted(picture, size, fit)
    return np.asarray(picture).reshape(picture.height, picture.width, channels)


def _eight_bits(picture):
    """Without transparency and without 16-bit greys, both of which `convert` would spoil."""
    if picture.mode.startswith("I"):
        return Image.fromarray((np.asarray(picture) // 257).astype("uint8"))
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture)
    return picture


def _report(paths, errors, on_bad_file, root):
    """Refuses a folder with files that can't be read, or warns with their count."""
    bad = [(path, error) for path, error in zip(paths, errors, strict=True) if error]
    first, reason = _name(bad[0][0], root), " ".join(str(bad[0][1]).split())
    told = f"{len(bad)} of {len(paths)} files in '{root}' can't be read as images"
    if on_bad_file == "error" or len(bad) == len(paths):
        raise ValueError(
            f"{told}, '{first}' first ({reason}). Remove them, or pass on_bad_file='skip'."
        )
    warnings.warn(f"{told} and are skipped, '{first}' first ({reason}).", stacklevel=4)


def _labels(paths, root):
    parts = [path.relative_to(root).parts for path in paths]
    names = sorted({part[0] for part in parts})
    if len(names) < 2 or any(len(part) == 1 for part in parts):
        return None, None
    number = {name: label for label, name in enumerate(names)}
    return np.array([number[part[0]] for part in parts], "int32"), names


def _name(path, root):
    return path.relative_to(root).as_posix()

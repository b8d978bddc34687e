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
BAD_FILE = (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError)


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
    paths = _image_paths(root)
    found = len(paths)
    modes = sizing.in_parallel(_mode, paths)
    paths, modes = _without_bad_files(paths, modes, on_bad_file, found, root)
    channels = channels or (1 if all(mode in GREY_MODES for mode in modes) else 3)
    size = size or _size(paths[0], channels)
    samples = np.empty((len(paths), *size, channels), "uint8")

    def decode(place):
        try:
            image = _decoded(paths[place], channels, size, image_size and fit)
        except BAD_FILE as error:
            return error
        if image.shape != samples.shape[1:]:
            raise ValueError(
                f"Images in '{root}' have mixed sizes: '{_name(paths[0], root)}' is {size[1]}x"
                f"{size[0]} and '{_name(paths[place], root)}' {image.shape[1]}x{image.shape[0]} "
                "pixels. Give `image_size`, e.g. image_size=64."
            )
        samples[place] = image
        return None

    errors = sizing.in_parallel(decode, range(len(paths)))
    kept, _ = _without_bad_files(paths, errors, on_bad_file, found, root)
    if len(kept) < len(paths):
        samples = samples[[error is None for error in errors]]
    labels, class_names = _labels(kept, root)
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
            f"'{root}': {len(others)} files that are not images by their suffix are passed over, "
            f"'{_name(others[0], root)}' first.",
            stacklevel=4,
        )
    return sorted(images, key=lambda path: _name(path, root))


def _mode(path):
    """Pillow's mode of a file, or the error that opening it gave."""
    try:
        with Image.open(path) as picture:
            return "RGB" if picture.mode == "P" else picture.mode
    except BAD_FILE as error:
        return error


def _size(path, channels):
    """(height, width) of the first image, upright; it decides what the others must have."""
    try:
        return _decoded(path, channels, None, None).shape[:2]
    except BAD_FILE:
        # Broken past its header, which still gives the size; decoding it reports the file itself.
        with Image.open(path) as picture:
            return picture.size[::-1]


def _decoded(path, channels, size, fit):
    """One image, uint8 (h, w, channels), at `size` if `fit` says how to bring it there."""
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


def _without_bad_files(paths, outcomes, on_bad_file, found, root):
    """Paths and outcomes of the good files; a bad one is refused, or counted in a warning."""
    bad = [place for place, outcome in enumerate(outcomes) if isinstance(outcome, Exception)]
    if not bad:
        return paths, outcomes
    first, reason = paths[bad[0]], " ".join(str(outcomes[bad[0]]).split())
    if on_bad_file == "error" or len(bad) == len(paths):
        raise ValueError(
            f"{len(bad)} of {found} files in '{root}' can't be read as images, "
            f"'{_name(first, root)}' first ({reason}). Remove them, or pass on_bad_file='skip'."
        )
    warnings.warn(
        f"'{root}': {len(bad)} of {found} files can't be read as images and are skipped, "
        f"'{_name(first, root)}' first ({reason}).",
        stacklevel=4,
    )
    good = [place for place in range(len(paths)) if place not in set(bad)]
    return [paths[place] for place in good], [outcomes[place] for place in good]


def _labels(paths, root):
    parts = [path.relative_to(root).parts for path in paths]
    names = sorted({part[0] for part in parts})
    if len(names) < 2 or any(len(part) == 1 for part in parts):
        return None, None
    number = {name: label for label, name in enumerate(names)}
    return np.array([number[part[0]] for part in parts], "int32"), names


def _name(path, root):
    return path.relative_to(root).as_posix()

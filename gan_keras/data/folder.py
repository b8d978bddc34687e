"""A folder of images: PNG, JPEG, WebP, GIF (its first frame) and BMP, at any depth."""

import os
import pathlib
import stat
import typing
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
    if on_bad_file not in ("error", "skip"):
        raise ValueError(f"`on_bad_file` (={on_bad_file!r}) must be 'error' or 'skip'.")
    files = listed(path, image_size=image_size, channels=channels, fit=fit, split=split)
    root, paths = files.root, files.paths
    samples = np.empty((len(paths), *files.shape), "uint8")

    def decode(place):
        try:
            image = files.decode(paths[place])
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            return error
        files.check_shape(image, paths[place])
        samples[place] = image
        return None

    errors = sizing.in_parallel(decode, range(len(paths)))
    if any(errors):
        _report(paths, errors, on_bad_file, root)
        samples = samples[[error is None for error in errors]]
        paths = [path for path, error in zip(paths, errors, strict=True) if error is None]
    labels, class_names = labels_of(paths, root)
    return Source(name=str(path), samples=samples, labels=labels, class_names=class_names)


class Listed(typing.NamedTuple):
    """The images of a folder before they are decoded, and what they are brought to.

    Args:
        root: the folder of the split.
        paths: of every image, in order.
        shape: (height, width, channels).
        fit: "crop" or "pad"; None if all images must have that size already.
        first: the path whose size it is, or None.
    """

    root: pathlib.Path
    paths: list
    shape: tuple
    fit: str | None
    first: pathlib.Path | None

    def decode(self, path):
        """One image, uint8; raises whatever a damaged file leads the decoders to."""
        *size, channels = self.shape
        return decoded(path, channels, tuple(size), self.fit)

    def check_shape(self, image, path):
        """Raises ValueError if an image is of another size than the first one."""
        if image.shape != self.shape:
            height, width, _ = self.shape
            raise ValueError(
                f"Images in '{self.root}' have mixed sizes: '{name_in(self.first, self.root)}' is "
                f"{width}x{height} and '{name_in(path, self.root)}' {image.shape[1]}x"
                f"{image.shape[0]} pixels. Give `image_size`, e.g. "
                "image_size=64 (--size 64)."
            )


def listed(path, *, image_size=None, channels=None, fit="crop", split="train"):
    """The images of a folder, `Listed`: arguments and errors as for `folder`."""
    root = split_folder(pathlib.Path(path), split)
    size = sizing.parse(image_size, channels, fit)
    paths = image_paths(root)
    channels = channels or channels_of(paths)
    fit = fit if size else None
    first, size = (None, size) if size else _first_size(paths, channels)
    return Listed(root, paths, (*size, channels), fit, first)


def split_folder(path, split):
    """The folder of a split: `path` itself where there are none, and "train" is asked for."""
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


def image_paths(root):
    """Every image under a folder, in the order of their names; as told at `folder`."""
    images, others, seen = [], [], set()
    for parent, folders, files in os.walk(root, onerror=_unlistable, followlinks=True):
        if os.path.realpath(parent) in seen:  # a link that leads back up
            folders.clear()
            continue
        seen.add(os.path.realpath(parent))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if not name.startswith("."):
                is_image = name.lower().endswith(SUFFIXES)
                path = pathlib.Path(parent, name)
                if is_image and _is_device(path):
                    raise ValueError(
                        f"'{path}' is no file but a pipe or a device, which may never end. Move it "
                        "away."
                    )
                (images if is_image else others).append(path)
    if not images:
        raise ValueError(
            f"No images in '{root}', looked for {', '.join(SUFFIXES)} at every depth. Is it the "
            "right folder?"
        )
    if others:
        warnings.warn(
            f"{len(others)} of {len(images) + len(others)} files in '{root}' are passed over for "
            f"their suffix, '{name_in(others[0], root)}' first.",
            stacklevel=4,
        )
    return sorted(images, key=lambda path: name_in(path, root))


def _unlistable(error):
    """A folder that can't be listed would leave out its images, and a class with them."""
    raise ValueError(
        f"The folder '{error.filename}' can't be read ({error.strerror}). Give yourself the right "
        "to read it, or move it away."
    ) from error


def _is_device(path):
    try:
        return not stat.S_ISREG(path.stat().st_mode)
    except OSError:  # a link to nowhere: decoding it will report it
        return False


def channels_of(paths):
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
    picture = opened(path, channels, size if fit else None)
    if fit:
        picture = sizing.fitted(picture, size, fit)
    return np.asarray(picture).reshape(picture.height, picture.width, channels)


def opened(path, channels, size=None):
    """One image file as a Pillow image of 1 or 3 channels, upright and without transparency.

    Args:
        path: the file.
        channels: 1 (grey) or 3 (colour).
        size: (height, width) that it will be brought to, or None.
    """
    with Image.open(path) as picture:
        if size:
            # A large JPEG decodes at a fraction of its size, still at least twice what is wanted.
            picture.draft(None, (2 * max(size), 2 * max(size)))
        return plain(ImageOps.exif_transpose(picture), channels)


def plain(picture, channels):
    """A Pillow image of 1 or 3 channels and eight bits, laid on white where it is transparent."""
    return _eight_bits(picture).convert(sizing.MODES[channels])


def _eight_bits(picture):
    """Without transparency and without 16-bit greys, both of which `convert` would spoil."""
    if picture.mode == "F":
        raise ValueError("its pixels are floats, of a range that nobody says; save it with 8 bits")
    if picture.mode.startswith("I"):
        if np.asarray(picture).max() > 65535 or np.asarray(picture).min() < 0:
            raise ValueError("its pixels have 32 bits; save it with 8 or 16")
        return Image.fromarray((np.asarray(picture) // 257).astype("uint8"))
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        white = Image.new("RGBA", picture.size, "white")
        return Image.alpha_composite(white, picture)
    return picture


def _report(paths, errors, on_bad_file, root):
    """Refuses a folder with files that can't be read, or warns with their count."""
    bad = [(path, error) for path, error in zip(paths, errors, strict=True) if error]
    first, reason = name_in(bad[0][0], root), " ".join(str(bad[0][1]).split())
    told = f"{len(bad)} of {len(paths)} files in '{root}' can't be read as images"
    if on_bad_file == "error" or len(bad) == len(paths):
        raise ValueError(
            f"{told}, '{first}' first ({reason}). Remove them, or pass on_bad_file='skip'."
        )
    warnings.warn(f"{told} and are skipped, '{first}' first ({reason}).", stacklevel=4)


def labels_of(paths, root):
    """Labels int32 (n,) and class names by the first level of subfolders; or two times None."""
    parts = [path.relative_to(root).parts for path in paths]
    names = sorted({part[0] for part in parts})
    if len(names) < 2 or any(len(part) == 1 for part in parts):
        return None, None
    number = {name: label for label, name in enumerate(names)}
    return np.array([number[part[0]] for part in parts], "int32"), names


def name_in(path, root):
    """What a message calls a file: its path from the folder, with slashes."""
    return path.relative_to(root).as_posix()

"""Pictures of two folders, as pairs by their names or as two sets that have no partners."""

import pathlib

import numpy as np
from PIL import ExifTags, Image

from gan_keras.data import folder, sizing
from gan_keras.data.pairs import Pairs


def from_folders(
    input,
    target,
    *,
    image_size=None,
    input_channels=None,
    channels=None,
    fit="crop",
    paired=True,
    label_maps=None,
    name=None,
):
    """The pictures under two folders, decoded on all cores and kept as uint8.

    Paired are files of the same path below their folders, whatever their suffixes: `input/a/1.png`
    and `target/a/1.jpg`. Each is read as `data.folder.folder` reads it: upright, and on white.

    Args:
        input: the folder of what a generator is given.
        target: the folder of what it is to make.
        image_size: pixels of a side, or (height, width), for both; None takes pictures as they
            are. Then all of a folder must have one size, and those of a pair the same.
        input_channels: 1 (grey), 3 (colour); None is grey if every input is. Label maps have 1.
        channels: the same for the targets.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        paired: whether file names make pairs; else the folders have nothing to do with each other.
        label_maps: a `label_ids.LabelIds` if the inputs are class numbers; or None.
        name: what messages call the data; None takes the targets' folder.

    Returns:
        `Pairs`, in the order of the names.

    Raises:
        ValueError: a file has no partner; one can't be read; sizes are mixed, and `image_size` is
            None.
    """
    sizing.parse(image_size, input_channels, fit)
    size = sizing.parse(image_size, channels, fit)
    roots = [pathlib.Path(input), pathlib.Path(target)]
    for root in roots:
        if not root.is_dir():
            raise ValueError(f"There is no folder '{root}'. Put the pictures of one side there.")
    inputs, targets = (folder.image_paths(root) for root in roots)
    if paired:
        inputs, targets = _partners(roots, inputs, targets)
        if size is not None:
            check_shapes(inputs, targets)
    if label_maps:
        given = _decoded(inputs, lambda path: label_maps.decoded(path, size, fit))
    else:
        input_channels = input_channels or folder.channels_of(inputs)
        given = _decoded(inputs, _reader(input_channels, size, fit))
    wanted = _decoded(targets, _reader(channels or folder.channels_of(targets), size, fit))
    if paired:
        check_sizes(inputs, given, wanted)
    return Pairs(
        num_ids=label_maps.num_ids if label_maps else None,
        name=name or str(target),
        input=_stacked(given, inputs),
        samples=_stacked(wanted, targets),
        paired=paired,
        names=[_key(path, roots[1]) for path in targets],
    )


def check_sizes(paths, given, wanted):
    """Refuses a pair whose pictures are of different sizes; the first one is named."""
    for path, one, other in zip(paths, given, wanted, strict=True):
        if one.shape[:2] != other.shape[:2]:
            raise ValueError(
                f"The pair of '{path}' has an input of {one.shape[1]}x{one.shape[0]} pixels and a "
                f"target of {other.shape[1]}x{other.shape[0]}. Give `image_size`, e.g. "
                "image_size=256 (--size 256), to bring both to one."
            )


def check_shapes(inputs, targets):
    """Refuses a pair of which fitting both to one size would move one against the other."""
    for path, other in zip(inputs, targets, strict=True):
        sides = _sides(path), _sides(other)
        if None in sides:  # it can't be read, which is said when it is
            continue
        (width, height), (its_width, its_height) = sides
        if abs(width * its_height / height - its_width) > 1:  # more than rounding
            raise ValueError(
                f"The pair of '{path}' has an input of {width}x{height} pixels and a target of "
                f"{its_width}x{its_height}, which can't lie on each other at any size. Crop one "
                "of them."
            )


def _sides(path):
    """(width, height) as a file's header says it; None of one that can't be read."""
    try:
        with Image.open(path) as picture:
            width, height = picture.size
            turned = picture.getexif().get(ExifTags.Base.Orientation, 1) > 4
    except Exception:
        return None
    return (height, width) if turned else (width, height)


def _partners(roots, inputs, targets):
    """Both lists in the order of their common names; refuses files without a partner."""
    named = [
        {_key(path, root): path for path in paths}
        for root, paths in zip(roots, (inputs, targets), strict=True)
    ]
    for found, paths, root in zip(named, (inputs, targets), roots, strict=True):
        if len(found) < len(paths):
            double = next(path for path in paths if found[_key(path, root)] != path)
            raise ValueError(
                f"'{double}' and '{found[_key(double, root)]}' have one name. Remove one of them."
            )
    lonely = sorted(named[0].keys() ^ named[1].keys())
    if lonely:
        side = 0 if lonely[0] in named[0] else 1
        raise ValueError(
            f"{len(lonely)} of {len(named[0] | named[1])} names have no partner, "
            f"'{named[side][lonely[0]]}' first: nothing of that name in '{roots[1 - side]}'. "
            "Remove them, or learn without pairs: pairing='unpaired', of cyclegan or cut."
        )
    common = sorted(named[0])
    return [named[0][key] for key in common], [named[1][key] for key in common]


def _key(path, root):
    return path.relative_to(root).with_suffix("").as_posix()


def _reader(channels, size, fit):
    fit = fit if size else None
    return lambda path: folder.decoded(path, channels, size, fit)


def _decoded(paths, read):
    """`read(path)` of every file on all cores; refuses those that can't be read."""

    def attempt(path):
        try:
            return read(path)
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            return error

    images = sizing.in_parallel(attempt, paths)
    bad = [place for place, image in enumerate(images) if isinstance(image, Exception)]
    if bad:
        reason = " ".join(str(images[bad[0]]).split())
        raise ValueError(
            f"{len(bad)} of {len(paths)} files can't be read, '{paths[bad[0]]}' first ({reason})."
        )
    return images


def _stacked(images, paths):
    for image, path in zip(images, paths, strict=True):
        if image.shape != images[0].shape:
            raise ValueError(
                f"'{paths[0]}' is {images[0].shape[1]}x{images[0].shape[0]} and '{path}' "
                f"{image.shape[1]}x{image.shape[0]} pixels. Give `image_size`, e.g. "
                "image_size=256 (--size 256)."
            )
    return np.stack(images)

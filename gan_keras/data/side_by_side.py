"""Pictures that hold a pair, left and right, as the data sets of pix2pix do."""

import pathlib

import numpy as np

from gan_keras.data import folder, sizing
from gan_keras.data.pairs import Pairs

DIRECTIONS = ("AtoB", "BtoA")
NARROWEST = 1.5  # width by height of a pair; halves of less are strips of one photograph


def side_by_side(
    path,
    *,
    direction="AtoB",
    image_size=None,
    input_channels=None,
    channels=None,
    fit="crop",
    name=None,
):
    """Every picture under a folder, cut in two: A is the left half, B the right one.

    Isola et al., "Image-to-Image Translation with Conditional Adversarial Networks", 2017,
    arXiv:1611.07004, published their data so.

    Args:
        path: the folder.
        direction: "AtoB": A is the input and B the target; "BtoA": the other way round.
        image_size: pixels of a side, or (height, width), of a half; None keeps it.
        input_channels, channels: 1 (grey), 3 (colour), of input and target; None is grey if every
            picture is.
        fit: "crop" (centre) or "pad" (black), where the aspect ratio changes.
        name: what messages call the data; None takes the path.

    Returns:
        `Pairs`, in the order of the names.

    Raises:
        ValueError: a width is odd, or too narrow for two pictures; sizes are mixed, and
            `image_size` is None; one can't be read.
    """
    if direction not in DIRECTIONS:
        raise ValueError(f"`direction` (={direction!r}) must be 'AtoB' or 'BtoA'.")
    sizing.parse(image_size, input_channels, fit)
    size = sizing.parse(image_size, channels, fit)
    root = pathlib.Path(path)
    paths = folder.image_paths(root)
    found = None if input_channels and channels else folder.channels_of(paths)
    sides = [input_channels or found, channels or found]  # of input and target

    def cut(path):
        try:
            picture = folder.opened(path, 3 if 3 in sides else 1)
        except Exception as error:  # decoders raise whatever a damaged file leads them to
            raise ValueError(f"'{path}' can't be read ({error}). Remove it.") from error
        if picture.width % 2:
            raise ValueError(
                f"'{path}' is {picture.width} pixels wide, which is odd: it is no pair of pictures "
                "side by side. Put inputs and targets into two folders, 'input' and 'target'."
            )
        if picture.width < NARROWEST * picture.height:
            raise ValueError(
                f"'{path}' is {picture.width}x{picture.height} pixels: too narrow for two pictures "
                "side by side. Put inputs and targets into two folders, 'input' and 'target', or "
                "'trainA' and 'trainB' if they are no pairs."
            )
        half = picture.width // 2
        boxes = [(0, 0, half, picture.height), (half, 0, 2 * half, picture.height)]
        boxes = boxes if direction == "AtoB" else boxes[::-1]
        return [half_of(picture.crop(box), of) for box, of in zip(boxes, sides, strict=True)]

    def half_of(picture, num_channels):
        picture = picture.convert(sizing.MODES[num_channels])
        picture = sizing.fitted(picture, size, fit) if size else picture
        return np.asarray(picture).reshape(picture.height, picture.width, num_channels)

    pairs = sizing.in_parallel(cut, paths)
    for own, pair in zip(paths, pairs, strict=True):
        if pair[0].shape[:2] != pairs[0][0].shape[:2]:
            raise ValueError(
                f"Halves in '{root}' have mixed sizes: '{folder.name_in(own, root)}' is another "
                f"than '{folder.name_in(paths[0], root)}'. Give `image_size`, e.g. "
                "image_size=256 (--size 256)."
            )
    given, wanted = zip(*pairs, strict=True)
    return Pairs(
        name=name or str(path),
        input=np.stack(given),
        samples=np.stack(wanted),
        names=[own.relative_to(root).with_suffix("").as_posix() for own in paths],
    )

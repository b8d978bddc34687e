"""One size and one number of channels for images of many."""

import concurrent.futures
import dataclasses
import os

import numpy as np
from PIL import Image, ImageOps

FITS = {"crop": ImageOps.fit, "pad": ImageOps.pad}
MODES = {1: "L", 3: "RGB"}
LARGEST = 2**15  # pixels of a side


def parse(image_size, channels, fit):
    """`(height, width)` or None from what a caller gave, after a check of all three.

    Raises:
        ValueError: a size out of range, channels other than 1 and 3, or an unknown `fit`.
    """
    if channels not in (None, 1, 3):
        raise ValueError(f"`channels` (={channels!r}) must be 1 (grey), 3 (colour) or None.")
    if fit not in FITS:
        raise ValueError(f"`fit` (={fit!r}) must be one of {', '.join(map(repr, FITS))}.")
    if image_size is None:
        return None
    size = (image_size, image_size) if isinstance(image_size, int) else tuple(image_size)
    if len(size) != 2 or not all(isinstance(side, int) and 0 < side <= LARGEST for side in size):
        raise ValueError(
            f"`image_size` (={image_size!r}) must be a number of pixels, 1 to {LARGEST:,}, or "
            "(height, width)."
        )
    return size


def fitted(picture, size, fit):
    """A Pillow image at `size` = (height, width), filtered so that shrinking does not alias.

    "crop" keeps the centre and loses what sticks out; "pad" keeps all and fills up with black.
    """
    height, width = size
    if picture.size == (width, height):
        return picture
    return FITS[fit](picture, (width, height), method=Image.Resampling.LANCZOS)


def resized(source, *, image_size=None, channels=None, fit="crop"):
    """`source` with images of another size or number of channels; itself if nothing changes.

    Args:
        source: a `Source`.
        image_size: pixels of a side, or (height, width); None keeps it.
        channels: 1 (grey, by ITU-R 601 weights), 3 (colour) or None, which keeps them.
        fit: "crop" or "pad", where the aspect ratio changes.

    Raises:
        ValueError: an argument is out of range, or the samples are vectors.
    """
    size = parse(image_size, channels, fit)
    if size is None and channels is None:
        return source
    if not source.is_images or source.sample_shape[-1] not in MODES:
        raise ValueError(
            f"'{source.name}' holds samples of shape {source.sample_shape}, not images of 1 or 3 "
            "channels, so they can't be brought to a size. Give images, or leave out `image_size` "
            "(--size) and `channels`."
        )
    height, width, old_channels = source.sample_shape
    size, channels = size or (height, width), channels or old_channels
    if (*size, channels) == source.sample_shape:
        return source
    if source.entries:
        raise ValueError(
            f"'{source.name}' has entries beside its samples ({', '.join(source.entries)}), which "
            "keep their size. Leave out `image_size` and `channels`, or give a folder of pairs."
        )
    samples = resized_array(source.samples, size, channels, fit)
    # What was made for these images was made for their size and channels.
    return dataclasses.replace(source, samples=samples, kind=None, extractor=None)


def resized_array(images, size, channels, fit):
    """Images of another size or number of channels.

    Args:
        images: uint8 (n, h, w, c), c in (1, 3).
        size: (height, width).
        channels: 1 or 3.
        fit: "crop" or "pad".

    Returns:
        uint8 (n, height, width, channels); `images` itself if nothing changes.
    """
    if images.shape[1:] == (*size, channels):
        return images
    found = np.empty((len(images), *size, channels), "uint8")

    def convert(place):
        array = images[place]
        picture = Image.fromarray(array[..., 0] if array.shape[-1] == 1 else array)
        picture = fitted(picture.convert(MODES[channels]), size, fit)
        found[place] = np.asarray(picture).reshape(*size, channels)

    in_parallel(convert, range(len(images)))
    return found


def in_parallel(function, items):
    """`[function(item), ...]` on all cores: Pillow decodes and resizes outside Python's lock."""
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(function, items))

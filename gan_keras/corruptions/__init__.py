"""What a translator is given where there are no pairs: real samples, spoilt in the graph."""

from gan_keras.corruptions.blur import GaussianBlur
from gan_keras.corruptions.box_mask import BoxMask
from gan_keras.corruptions.chain import Chain
from gan_keras.corruptions.corruption import Corruption
from gan_keras.corruptions.downsample import Downsample, bicubic
from gan_keras.corruptions.grey import Grey
from gan_keras.corruptions.jpeg_like import JpegLike
from gan_keras.corruptions.mask import Mask
from gan_keras.corruptions.mel import Mel
from gan_keras.corruptions.noise import GaussianNoise
from gan_keras.corruptions.stroke_mask import StrokeMask
from gan_keras.serialization import lookup

__all__ = [
    "NAMES",
    "BoxMask",
    "Chain",
    "Corruption",
    "Downsample",
    "GaussianBlur",
    "GaussianNoise",
    "Grey",
    "JpegLike",
    "Mask",
    "Mel",
    "StrokeMask",
    "bicubic",
    "get",
]

# A Chain is not here: it has no default.
NAMES = {
    corruption.name: corruption
    for corruption in (
        BoxMask,
        StrokeMask,
        Downsample,
        Grey,
        GaussianNoise,
        GaussianBlur,
        JpegLike,
        Mel,
    )
}


def get(identifier):
    """A `Corruption` by its name, from its config, or as it is; None stays None.

    Args:
        identifier: one of `NAMES`, a serialised corruption (dict), a `Corruption`, or None.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return None if identifier is None else lookup(identifier, NAMES, "corruption", Corruption)

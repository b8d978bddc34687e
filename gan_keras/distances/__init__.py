"""How far a translated image is from the one it should be: reconstruction terms of a generator."""

from gan_keras.distances.distance import Distance
from gan_keras.distances.feature_matching import FeatureDistance
from gan_keras.distances.l1 import L1
from gan_keras.distances.l2 import L2
from gan_keras.distances.mel_l1 import MelL1
from gan_keras.distances.perceptual import Perceptual
from gan_keras.distances.ssim import SSIM
from gan_keras.serialization import lookup

__all__ = [
    "L1",
    "L2",
    "NAMES",
    "SSIM",
    "Distance",
    "FeatureDistance",
    "MelL1",
    "Perceptual",
    "get",
    "get_all",
]

NAMES = {distance.name: distance for distance in (L1, L2, SSIM, FeatureDistance, Perceptual, MelL1)}


def get(identifier):
    """A `Distance` by its name, from its config, or as it is.

    Args:
        identifier: one of `NAMES`, a serialised distance (dict), or a `Distance`.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return lookup(identifier, NAMES, "distance", Distance)


def get_all(identifiers):
    """Distances from objects, names or one of either, each kind at most once.

    Args:
        identifiers: list of `Distance` objects or names, or one.

    Raises:
        ValueError: a distance that is given twice.
    """
    if isinstance(identifiers, (str, dict, Distance)):
        identifiers = [identifiers]
    found = [get(identifier) for identifier in identifiers]
    names = [distance.name for distance in found]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(
                f"Distance '{name}' is given {names.count(name)} times. Give it once, with the sum "
                "of the weights."
            )
    return found

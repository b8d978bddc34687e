"""One differentiable change for real and fake images alike, for when data are few."""

from gan_keras.augment.adaptive import Adaptive
from gan_keras.augment.augment import Augment
from gan_keras.augment.diffaugment import DiffAugment
from gan_keras.augment.neighbours import Neighbours
from gan_keras.augment.paired import PairedCrop
from gan_keras.serialization import lookup

__all__ = ["NAMES", "Adaptive", "Augment", "DiffAugment", "Neighbours", "PairedCrop", "get"]

NAMES = {"adaptive": Adaptive, "diffaugment": DiffAugment, "neighbours": Neighbours}


def get(identifier):
    """An `Augment` by its name, from its config, or as it is; None stays None.

    Args:
        identifier: one of `NAMES`, a serialised augmentation (dict), an `Augment`, or None.

    Raises:
        ValueError: an unknown name; the nearest one is named.
        TypeError: something else.
    """
    return None if identifier is None else lookup(identifier, NAMES, "augment", Augment)

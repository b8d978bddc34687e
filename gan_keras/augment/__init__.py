"""One differentiable change for real and fake images alike, for when data are few."""

from gan_keras.augment.base import Augment
from gan_keras.augment.diffaugment import DiffAugment

__all__ = ["Augment", "DiffAugment"]

"""Algorithms: one final class a file, on the mechanics of `adversarial.py`."""

from gan_keras.models.adversarial import AdversarialModel
from gan_keras.models.gan import GAN
from gan_keras.models.latent import LatentModel
from gan_keras.models.moving_average import MovingAverage

NAMES = {"gan": GAN}

__all__ = ["GAN", "NAMES", "AdversarialModel", "LatentModel", "MovingAverage"]

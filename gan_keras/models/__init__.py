"""Algorithms: one final class a file, on the mechanics of `adversarial.py`."""

from gan_keras.models import transfer
from gan_keras.models.acgan import ACGAN
from gan_keras.models.adversarial import AdversarialModel
from gan_keras.models.adversarial_autoencoder import AdversarialAutoencoder
from gan_keras.models.began import BEGAN
from gan_keras.models.bigan import BiGAN
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.gan import GAN
from gan_keras.models.infogan import InfoGAN
from gan_keras.models.latent import LatentModel
from gan_keras.models.moving_average import MovingAverage
from gan_keras.models.ssgan import SSGAN
from gan_keras.models.vae_gan import VAEGAN

NAMES = {
    "acgan": ACGAN,
    "adversarial_autoencoder": AdversarialAutoencoder,
    "began": BEGAN,
    "bigan": BiGAN,
    "gan": GAN,
    "infogan": InfoGAN,
    "ssgan": SSGAN,
    "vae_gan": VAEGAN,
}

__all__ = [
    "ACGAN",
    "BEGAN",
    "GAN",
    "NAMES",
    "SSGAN",
    "VAEGAN",
    "AdversarialAutoencoder",
    "AdversarialModel",
    "BiGAN",
    "EncoderModel",
    "InfoGAN",
    "LatentModel",
    "MovingAverage",
    "transfer",
]

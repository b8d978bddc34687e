"""Algorithms: one final class a file, on the mechanics of `adversarial.py`."""

from gan_keras.models import cut, transfer
from gan_keras.models.acgan import ACGAN
from gan_keras.models.adversarial import AdversarialModel
from gan_keras.models.adversarial_autoencoder import AdversarialAutoencoder
from gan_keras.models.began import BEGAN
from gan_keras.models.bigan import BiGAN
from gan_keras.models.ctgan import CTGAN
from gan_keras.models.cut import CUT
from gan_keras.models.cyclegan import CycleGAN
from gan_keras.models.doppelganger import DoppelGANger
from gan_keras.models.encoding import EncoderModel
from gan_keras.models.gan import GAN
from gan_keras.models.infogan import InfoGAN
from gan_keras.models.judge import Judge
from gan_keras.models.latent import LatentModel
from gan_keras.models.mocogan import MoCoGAN
from gan_keras.models.moving_average import MovingAverage
from gan_keras.models.pix2pix import Pix2Pix
from gan_keras.models.sequence_gan import SequenceGAN
from gan_keras.models.ssgan import SSGAN
from gan_keras.models.translation import TranslationModel
from gan_keras.models.vae_gan import VAEGAN

NAMES = {
    "acgan": ACGAN,
    "adversarial_autoencoder": AdversarialAutoencoder,
    "began": BEGAN,
    "bigan": BiGAN,
    "ctgan": CTGAN,
    "cut": CUT,
    "cyclegan": CycleGAN,
    "doppelganger": DoppelGANger,
    "gan": GAN,
    "infogan": InfoGAN,
    "mocogan": MoCoGAN,
    "pix2pix": Pix2Pix,
    "sequence_gan": SequenceGAN,
    "ssgan": SSGAN,
    "vae_gan": VAEGAN,
}

__all__ = [
    "ACGAN",
    "BEGAN",
    "CTGAN",
    "CUT",
    "GAN",
    "NAMES",
    "SSGAN",
    "VAEGAN",
    "AdversarialAutoencoder",
    "AdversarialModel",
    "BiGAN",
    "CycleGAN",
    "DoppelGANger",
    "EncoderModel",
    "InfoGAN",
    "Judge",
    "LatentModel",
    "MoCoGAN",
    "MovingAverage",
    "Pix2Pix",
    "SequenceGAN",
    "TranslationModel",
    "cut",
    "transfer",
]

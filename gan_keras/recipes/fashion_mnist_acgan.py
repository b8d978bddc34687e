"""The discriminator names the class (Odena et al., 2017, arXiv:1610.09585)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_acgan",
    summary="garments by class, auxiliary classifier (AC-GAN)",
    algorithm="acgan",
    conditional=True,
)

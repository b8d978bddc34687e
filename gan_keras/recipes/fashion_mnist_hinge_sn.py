"""Hinge loss and spectral norm (Miyato et al., 2018, arXiv:1802.05957, setting C of table 1)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_hinge_sn",
    summary="garments, hinge loss with spectral norm (SNGAN)",
    discriminator={**BASE.discriminator, "normalization": "spectral"},
    loss="hinge",
)

"""The label as an inner product with the features (Miyato and Koyama, 2018, arXiv:1802.05637)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_projection",
    summary="garments by class, projection discriminator",
    conditional=True,
    discriminator={**BASE.discriminator, "conditioning": "projection"},
)

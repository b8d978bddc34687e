"""The label as more channels of the image (Mirza and Osindero, 2014, arXiv:1411.1784)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_concatenation",
    summary="garments by class, label concatenated (CGAN)",
    conditional=True,
    discriminator={**BASE.discriminator, "conditioning": "concatenation"},
)

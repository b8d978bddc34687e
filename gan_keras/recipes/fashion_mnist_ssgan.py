"""Which way up an image is, as a second task (Chen et al., 2019, arXiv:1811.11212)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_ssgan",
    summary="garments, a discriminator that also tells rotations (SSGAN)",
    algorithm="ssgan",
)

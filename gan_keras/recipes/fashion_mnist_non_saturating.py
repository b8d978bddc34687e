"""The loss that the first GAN was trained with, and nothing else (Goodfellow et al., 2014)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_non_saturating",
    summary="garments, the non-saturating loss, nothing else",
    loss="non_saturating",
)

"""Each side judged beside the other's mean (Jolicoeur-Martineau, 2019, arXiv:1807.00734)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_relativistic_average",
    summary="garments, the relativistic average loss (RaGAN)",
    loss="relativistic_average",
)

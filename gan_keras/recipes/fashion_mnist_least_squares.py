"""Least squares in place of cross-entropy (Mao et al., 2017, arXiv:1611.04076)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_least_squares",
    summary="garments, LSGAN",
    loss="least_squares",
)

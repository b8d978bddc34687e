"""Slopes held near one around the data (Kodali et al., 2017, arXiv:1705.07215)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_dragan",
    summary="garments, DRAGAN",
    penalties={"dragan": {"weight": 10.0}},  # the paper's lambda
)

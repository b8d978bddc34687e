"""Codes found without labels: a category, two numbers (Chen et al., 2016, arXiv:1606.03657)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_infogan",
    summary="garments, codes found without labels (InfoGAN)",
    algorithm="infogan",
    model={"categories": (10,), "num_continuous": 2},  # as the paper has them for MNIST
)

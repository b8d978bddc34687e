"""An autoencoder with Gaussian codes (Makhzani et al., 2016, arXiv:1511.05644)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_adversarial_autoencoder",
    summary="garments, adversarial autoencoder",
    algorithm="adversarial_autoencoder",
    generator={**BASE.generator, "latent_dim": 16},  # few numbers: the prior must be filled
)

"""An autoencoder with Gaussian codes (Makhzani et al., 2016, arXiv:1511.05644)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import ADAM, BASE

FAST = {**ADAM, "learning_rate": 5e-4}  # a squared error needs no caution

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_adversarial_autoencoder",
    summary="garments, adversarial autoencoder",
    algorithm="adversarial_autoencoder",
    generator={**BASE.generator, "latent_dim": 16},  # few numbers: the prior must be filled
    generator_optimizer=FAST,
    discriminator_optimizer=FAST,
)

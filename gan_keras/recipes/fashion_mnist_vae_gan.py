"""An autoencoder that compares by a discriminator's features (Larsen et al., 2016)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_vae_gan",
    summary="garments, VAE-GAN: reconstructions by learned likeness",
    algorithm="vae_gan",
    penalties={"r1": {"weight": 1.0}},  # or the discriminator gives up, with nothing to compare by
)

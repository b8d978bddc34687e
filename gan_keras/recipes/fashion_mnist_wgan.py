"""The first Wasserstein GAN, with clipped weights (Arjovsky et al., 2017, arXiv:1701.07875)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RMSPROP = {"name": "rmsprop", "learning_rate": 5e-5}  # Algorithm 1: momentum made it unstable

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_wgan",
    summary="garments, WGAN with clipped weights",
    loss="wasserstein",
    weight_clip=0.01,  # the paper's c
    generator_optimizer=RMSPROP,
    discriminator_optimizer=RMSPROP,
    discriminator_steps=5,  # the paper's; each on fresh images
    epochs=40,
)

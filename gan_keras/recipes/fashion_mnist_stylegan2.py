"""StyleGAN2 in a size for a CPU (Karras et al., 2020, arXiv:1912.04958)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

# Table of StyleGAN2's settings: Adam without momentum; rate 0.0025, for equalised learning rates.
ADAM = {"name": "adam", "learning_rate": 2.5e-3, "beta_1": 0.0, "beta_2": 0.99}

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_stylegan2",
    summary="garments, a small StyleGAN2 with R1 and path length, both lazy",
    network="stylegan2",
    generator={"latent_dim": 64, "widths": (64, 32, 16), "num_mapping_layers": 2},
    discriminator={"widths": (16, 32, 64)},
    penalties={"r1": {"weight": 0.3, "interval": 16}},  # the paper's interval; gamma is ours
    generator_penalties={"path_length": {"weight": 2.0, "interval": 4}},  # the paper's
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
)

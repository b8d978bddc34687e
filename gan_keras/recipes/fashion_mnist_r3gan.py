"""R3GAN's game on the common networks: real and fake in pairs, R1 and R2 (Huang et al., 2024)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

# No momentum, as in the paper (arXiv:2501.05441, section 3.5), whose beta_2 goes from 0.9 to 0.99.
ADAM = {"name": "adam", "learning_rate": 2e-4, "beta_1": 0.0, "beta_2": 0.99}
# The paper's gamma goes from 0.05 to 0.005 at 32x32 in colour; a shorter run wants it firmer.
GAMMA = {"weight": 0.1}

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_r3gan",
    summary="garments, the relativistic paired loss with R1 and R2 (R3GAN)",
    loss="relativistic_paired",
    penalties={"r1": GAMMA, "r2": GAMMA},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
)

"""Self-attention in a size for a CPU (SAGAN; Zhang et al., 2019, arXiv:1805.08318)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE


def adam(learning_rate):
    """The paper's Adam; five times its rates, for minutes in place of days."""
    return {"name": "adam", "learning_rate": learning_rate, "beta_1": 0.0, "beta_2": 0.9}


RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_sagan",
    summary="garments, a small SAGAN: self-attention, two learning rates",
    network="sagan",
    generator={"latent_dim": 64, "widths": (64, 32, 16)},
    discriminator={"widths": (16, 32, 64)},
    loss="hinge",
    generator_optimizer=adam(5e-4),
    discriminator_optimizer=adam(2e-3),
)

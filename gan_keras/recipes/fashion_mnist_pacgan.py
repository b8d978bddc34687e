"""Two images judged at once: sameness shows (Lin et al., 2018, arXiv:1712.04086)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_pacgan",
    summary="garments, judged in pairs (PacGAN)",
    model={"packing": 2},  # PacGAN2
)

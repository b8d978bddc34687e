"""The game as first written down; a losing generator hardly learns (Goodfellow et al., 2014)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_minimax",
    summary="garments, the minimax loss, nothing else",
    loss="minimax",
)

"""Two players held near their own past (Salimans et al., 2016, arXiv:1606.03498)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_historical_averaging",
    summary="garments, historical averaging of both players",
    penalties={**fashion_mnist_dcgan.RECIPE.penalties, "historical_averaging": {"weight": 1e-4}},
    generator_penalties={"historical_averaging": {"weight": 1e-4}},
)

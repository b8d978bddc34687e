"""An encoder beside the generator, judged in pairs (Donahue et al., 2017, arXiv:1605.09782)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_bigan",
    summary="garments, with an encoder (BiGAN)",
    algorithm="bigan",
)

"""A thousand modes: three garments in the three colour channels (Metz et al., 2017)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan
from gan_keras.recipes.fashion_mnist_base import BASE

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_stacked",
    summary="garments stacked in colour, 1,000 modes: are all found?",
    data="stacked_fashion_mnist",
    # All modes are found without the dense layers that make garments finer.
    generator=BASE.generator,
    discriminator=BASE.discriminator,
    epochs=4,  # of 781 steps; all modes were there after two
)

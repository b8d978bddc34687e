"""A thousand modes: three garments in the three colour channels (Metz et al., 2017)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

ADAM = fashion_mnist_dcgan.adam(decay_steps=4_600)  # six passes over 50,000 triples

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_stacked",
    summary="garments stacked in colour, 1,000 modes: are all found?",
    data="stacked_fashion_mnist",
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    epochs=6,  # of 781 steps; all modes are there after two, and then come to be equally frequent
)

"""A thousand modes: three garments in the three colour channels (Metz et al., 2017)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

ADAM = fashion_mnist_dcgan.adam(decay_steps=3_100)  # four passes over 50,000 triples

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_stacked",
    summary="garments stacked in colour, 1,000 modes: are all found?",
    data="stacked_fashion_mnist",
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    epochs=4,  # of 781 steps; all modes were there after two
)

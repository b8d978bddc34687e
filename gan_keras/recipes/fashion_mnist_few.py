"""Garments from 500 images: what few images do to a GAN, and the ground of its five answers."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_few",
    summary="garments from 500 images, and nothing done about it",
    data="fashion_mnist_500",
    epochs=200,  # of 7 steps
)

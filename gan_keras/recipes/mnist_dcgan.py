"""Digits: the settings of the main job on all 60,000 images of MNIST."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="mnist_dcgan",
    summary="digits, 28x28 grey",
    data="mnist",
    epochs=6,  # six times the images of the bundled set, so a fraction of its epochs
)

"""Which way up an image is, as a second task (Chen et al., 2019, arXiv:1811.11212)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,  # its loss, penalties and rates learn fastest here
    name="fashion_mnist_ssgan",
    summary="garments, a discriminator that also tells rotations (SSGAN)",
    algorithm="ssgan",
)

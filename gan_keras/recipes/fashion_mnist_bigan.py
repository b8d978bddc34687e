"""An encoder beside the generator, judged in pairs (Donahue et al., 2017, arXiv:1605.09782)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,  # its loss, penalties and rates learn fastest here
    name="fashion_mnist_bigan",
    summary="garments, with an encoder (BiGAN)",
    algorithm="bigan",
)

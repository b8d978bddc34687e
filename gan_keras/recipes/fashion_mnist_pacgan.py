"""Two images judged at once: sameness shows (Lin et al., 2018, arXiv:1712.04086)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,  # its loss, penalties and rates learn fastest here
    name="fashion_mnist_pacgan",
    summary="garments, judged in pairs (PacGAN)",
    model={"packing": 2},  # PacGAN2
)

"""BigGAN in a size for a CPU (Brock et al., 2019, arXiv:1809.11096)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_sagan

RECIPE = dataclasses.replace(
    fashion_mnist_sagan.RECIPE,
    name="fashion_mnist_biggan",
    summary="garments by class, a small BigGAN",
    network="biggan",
    conditional=True,
    generator={"latent_dim": 60, "widths": (64, 32, 16), "embedding_dim": 32},
)

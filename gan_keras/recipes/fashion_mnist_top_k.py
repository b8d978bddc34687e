"""A generator that learns from its best fakes (Sinha et al., 2020, arXiv:2002.06224)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_top_k",
    summary="garments, a generator that learns from its best fakes (top-k)",
    # A relativistic loss ranks no fake by itself, so the non-saturating one takes its place.
    loss={"name": "top_k", "loss": "non_saturating", "share": 0.75},
)

"""Fakes whose mean features are those of real images (Salimans et al., 2016, arXiv:1606.03498)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_dcgan

RECIPE = dataclasses.replace(
    fashion_mnist_dcgan.RECIPE,
    name="fashion_mnist_feature_matching",
    summary="garments, a generator that also matches features",
    # The discriminator's features have some hundreds of numbers of order 0.1: a term of order 1.
    generator_penalties={"feature_matching": {"weight": 1.0}},
)

"""500 images, each changed at random (DiffAugment; Zhao et al., 2020, arXiv:2006.10738)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_few

RECIPE = dataclasses.replace(
    fashion_mnist_few.RECIPE,
    name="fashion_mnist_diffaugment",
    summary="garments from 500 images, augmented (DiffAugment)",
    # The paper's policies without the colours that grey images lack.
    augment={"name": "diffaugment", "policies": ("translation", "cutout")},
)

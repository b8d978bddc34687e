"""500 images, changed as often as it takes (ADA; Karras et al., 2020, arXiv:2006.06676)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_few

RECIPE = dataclasses.replace(
    fashion_mnist_few.RECIPE,
    name="fashion_mnist_ada",
    summary="garments from 500 images, augmented adaptively (ADA)",
    # The paper ramps over 500,000 images, five times what this run sees.
    augment={"name": "adaptive", "ramp_images": 20_000},
)

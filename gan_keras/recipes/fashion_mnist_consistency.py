"""500 images, one logit for an image and its changed self (bCR; Zhao et al., 2021)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_few

RECIPE = dataclasses.replace(
    fashion_mnist_few.RECIPE,
    name="fashion_mnist_consistency",
    summary="garments from 500 images, consistency regularisation",
    # arXiv:2002.04724, section 4.1: weights 10. Flips would teach it that shoes may turn round.
    penalties={
        **fashion_mnist_few.RECIPE.penalties,
        "consistency": {"weight": 10.0, "policies": ("translation",)},
    },
)

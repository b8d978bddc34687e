"""500 images, one logit for an image and its changed self (bCR; Zhao et al., 2021)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_few

RECIPE = dataclasses.replace(
    fashion_mnist_few.RECIPE,
    name="fashion_mnist_consistency",
    summary="garments from 500 images, consistency regularisation",
    # arXiv:2002.04724 takes weights of 10 beside spectral norm, whose logits are small; beside R1
    # the discriminator then gives up. Flips would teach it that shoes may turn round.
    penalties={
        **fashion_mnist_few.RECIPE.penalties,
        "consistency": {"weight": 0.1, "fake_weight": 0.1, "policies": ("translation",)},
    },
)

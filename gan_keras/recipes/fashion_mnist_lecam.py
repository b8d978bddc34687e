"""500 images, logits near the other side's past (LeCam; Tseng et al., 2021, arXiv:2104.03310)."""

import dataclasses

from gan_keras.recipes import fashion_mnist_few

RECIPE = dataclasses.replace(
    fashion_mnist_few.RECIPE,
    name="fashion_mnist_lecam",
    summary="garments from 500 images, LeCam regularisation",
    # The default of 0.1 is for logits that spectral norm keeps small: here it held back too much.
    penalties={**fashion_mnist_few.RECIPE.penalties, "lecam": {"weight": 0.01}},
)

"""The label as an inner product with the features (Miyato and Koyama, 2018, arXiv:1802.05637)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import BASE

# The paper's Adam, loss, normalisation and rhythm. With the base's, one discriminator update a
# step and no bound on it, the discriminator gives up and each class becomes one image.
ADAM = {"name": "adam", "learning_rate": 2e-4, "beta_1": 0.0, "beta_2": 0.9}

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_projection",
    summary="garments by class, projection discriminator",
    conditional=True,
    discriminator={
        **BASE.discriminator,
        "conditioning": "projection",
        "normalization": "spectral",
    },
    loss="hinge",
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    discriminator_steps=5,
)

"""Garments by the Wasserstein distance with a gradient penalty (Gulrajani et al., 2017)."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": 1e-4,  # Algorithm 1 of the paper
    "beta_1": 0.0,
    "beta_2": 0.9,
}

RECIPE = Recipe(
    name="fashion_mnist_wgan_gp",
    summary="garments, 28x28 grey, WGAN-GP, on the bundled images",
    data="fashion_mnist_10k",
    network="dcgan",
    generator={"latent_dim": 64, "widths": (128, 64, 32)},
    discriminator={"widths": (32, 64, 128)},  # no batch norm: the penalty is per image
    loss="wasserstein",
    penalties={"gradient_penalty": {"weight": 10.0}},  # the paper's lambda
    moving_average={"half_life": 10_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    discriminator_steps=5,  # the paper's; each on fresh images
    batch_size=64,
    epochs=40,  # five times fewer generator updates in an epoch
)

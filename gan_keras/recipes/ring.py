"""Eight Gaussians on a circle: the smallest test of whether a GAN drops modes."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": 1e-3,  # small dense networks bear more than convolutions
    "beta_1": 0.0,  # no momentum: with R1 and R2 it only circles
    "beta_2": 0.99,
}

RECIPE = Recipe(
    name="ring",
    summary="2-D toy: 8 Gaussians on a circle, with a scatter plot",
    data="ring",
    network="mlp",
    generator={"latent_dim": 2, "widths": (128, 128, 128)},
    discriminator={"widths": (128, 128, 128)},
    # Huang et al., 2024 (R3GAN): paired, so no mode can be left; both penalties, so it converges
    loss="relativistic_paired",
    penalties={"r1": {"weight": 0.1}, "r2": {"weight": 0.1}},
    moving_average={"half_life": 50_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=256,
    epochs=40,
)

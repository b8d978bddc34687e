"""Eight Gaussians on a circle: the smallest test of whether a GAN drops modes."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    # Fast at first, to find all modes; slow at last, to make them narrow: at a constant rate a
    # tenth of the samples stays between the modes.
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 3e-3, "alpha": 0.02},
    # R3GAN has none. Lazy penalties come in blows, which some momentum softens: without it, the
    # grid's share of good samples after 27,000 steps was 70% with the seed that has 92% so.
    "beta_1": 0.5,
    "beta_2": 0.99,
}
PENALTY = {"weight": 0.01, "interval": 4}  # weak: the modes are narrow; lazy: more steps in time

RECIPE = Recipe(
    name="ring",
    summary="2-D toy: 8 Gaussians on a circle, with a scatter plot",
    data="ring",
    network="mlp",
    generator={"latent_dim": 2, "widths": (128, 128, 128)},
    discriminator={"widths": (128, 128, 128)},
    # Huang et al., 2024 (R3GAN): paired, so no mode can be left; both penalties, so it converges
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 50_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=30,  # a step takes 3 ms, and calling one from Python half as long again
    batch_size=256,
    epochs=128,  # of 390 steps
)

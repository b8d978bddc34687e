"""Twenty-five Gaussians on a 5x5 grid: more modes, closer together."""

from gan_keras.recipes.recipe import Recipe
from gan_keras.recipes.ring import adam

ADAM = adam(3e-3, decay_steps=85_000)
PENALTY = {"weight": 0.005, "interval": 4}  # lazily: more steps for the same time

RECIPE = Recipe(
    name="grid",
    summary="2-D toy: 25 Gaussians on a grid, with a scatter plot",
    data="grid",
    network="mlp",
    # A square of latents folds onto a square of modes.
    model={"prior": "uniform"},
    generator={"latent_dim": 2, "widths": (128, 128, 128)},
    discriminator={"widths": (128, 128, 128)},
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 50_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=30,
    batch_size=256,
    epochs=216,  # of 390 steps
)

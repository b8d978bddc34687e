"""Twenty-five Gaussians on a 5x5 grid: more modes, closer together."""

from gan_keras.recipes.recipe import Recipe
from gan_keras.recipes.ring import adam

ADAM = adam(decay_steps=70_000)

RECIPE = Recipe(
    name="grid",
    summary="2-D toy: 25 Gaussians on a grid, with a scatter plot",
    data="grid",
    network="mlp",
    generator={"latent_dim": 2, "widths": (128, 128, 128)},
    discriminator={"widths": (128, 128, 128)},
    loss="relativistic_paired",
    penalties={"r1": {"weight": 0.005}, "r2": {"weight": 0.005}},
    moving_average={"half_life": 50_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=30,
    batch_size=256,
    epochs=180,
)

"""Twenty-five Gaussians on a 5x5 grid: more modes, closer together."""

from gan_keras.recipes.recipe import Recipe
from gan_keras.recipes.ring import ADAM

PENALTY = {
    "weight": 0.005,
    "start_weight": 0.05,  # smooth at first: a sharp discriminator tears the latents apart
    "annealing_steps": 10_000,
    "interval": 4,  # lazily: more steps for the same time
}

RECIPE = Recipe(
    name="grid",
    summary="2-D toy: 25 Gaussians on a grid, with a scatter plot",
    data="grid",
    network="mlp",
    # Between neighbours that are no neighbours among the modes lie bad samples for good. So the
    # latents are a square like the modes', and `skip` starts with each where it belongs: without
    # it some seeds ended with 97% good samples and some, twisted, with 90%.
    model={"prior": "uniform"},
    generator={"latent_dim": 2, "widths": (128, 128, 128), "skip": True},
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

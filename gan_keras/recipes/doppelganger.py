"""DoppelGANger on any series, with the numbers of the paper and of its authors' code."""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 1e-3, "beta_1": 0.5, "beta_2": 0.999}

RECIPE = Recipe(
    name="doppelganger",
    summary="DoppelGANger (Lin et al., 2020) on any series, as a baseline for `series`",
    data="weather",
    data_arguments={"series": "series"},
    algorithm="doppelganger",
    network="doppelganger",
    generator={"noise_dim": 5, "units": 100, "limit_units": 100, "steps_at_once": 4},
    discriminator={"units": 200, "num_layers": 4},
    conditional=True,
    loss="wasserstein",
    penalties={"gradient_penalty": {"weight": 10.0}},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=100,
    epochs=400,  # the authors'; of 8 steps on the bundled days
)

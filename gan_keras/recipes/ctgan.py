"""CTGAN on any table, with the numbers of the paper and of its authors' code."""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5, "beta_2": 0.9, "weight_decay": 1e-6}

RECIPE = Recipe(
    name="ctgan",
    summary="CTGAN (Xu et al., 2019) on any table; by default Adult, as a baseline for `table`",
    data="adult",
    data_arguments={"encoding": "modes"},
    algorithm="ctgan",
    network="ctgan",
    generator={"latent_dim": 128, "widths": (256, 256), "temperature": 0.2},
    discriminator={"widths": (256, 256), "dropout": 0.5},
    loss="wasserstein",
    penalties={"gradient_penalty": {"weight": 10.0}},
    model={"packing": 10},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=500,
    epochs=300,  # the paper's; about 17 minutes a core on the bundled table
)

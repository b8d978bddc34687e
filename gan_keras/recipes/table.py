"""Any table: one softmax a column, and the loss of R3GAN.

`RECIPE` suits the bundled table. `suited` gives it the length and the augmentation that other data
ask for.
"""

from gan_keras.recipes import length
from gan_keras.recipes.recipe import Recipe

PASSES = 48
ROWS = (400_000, 3_000_000)  # that a whole run is shown, at least and at most
FEW = 5_000  # rows, below which the discriminator sees numbers moved to neighbouring bins

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.02},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
NEIGHBOURS = {"name": "neighbours", "reach": 2, "probability": 0.9}
PENALTY = {"weight": 0.3, "interval": 4}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="table",
    summary="any table: .csv, .tsv, .parquet, data frame; by default Adult, two minutes",
    data="adult",
    network="table_mlp",
    generator={"latent_dim": 128, "width": 256, "num_blocks": 2},
    discriminator={"width": 256, "num_blocks": 2},
    # Huang et al., 2024 (R3GAN): paired, so no category can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 100_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=8,
    batch_size=250,
    epochs=PASSES,  # of 64 steps on the bundled table: 768,000 rows
)


def suited(recipe, source):
    """The recipe with what suits its data: 48 passes, within the bounds of `ROWS`; augmentation.

    So a table of 800 rows has half the steps of the bundled one, and one of a million does not take
    hours. Below `FEW` rows numbers are augmented, unless the recipe's settings say how.

    Args:
        recipe: `RECIPE`, whose `data` and `data_arguments` may be changed.
        source: those data, from `gan_keras.data.source`.
    """
    if recipe.augment is None and source.num_samples < FEW and any(map(len, source.kind.orders())):
        recipe = recipe.with_settings({"augment": NEIGHBOURS})
    return length.as_long_as_suits(recipe, source, passes=PASSES, shown=ROWS)

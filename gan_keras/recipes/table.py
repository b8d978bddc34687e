"""Any table: one softmax a column, and the loss of R3GAN."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.02},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
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
    epochs=48,  # of 64 steps on the bundled table
)

"""Any series of readings: residual 1-D convolutions, and the loss of R3GAN."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.02},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
PENALTY = {"weight": 0.3, "interval": 4}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="series",
    summary="any series: .csv with a line a reading, .npz; by default weather, five minutes",
    data="weather",
    data_arguments={"series": "series"},
    network="series",
    generator={"latent_dim": 64, "width": 64, "num_blocks": 1, "num_doublings": 2},
    discriminator={"width": 64, "num_blocks": 3},
    conditional=True,  # on what is known of a whole series, such as airport and month
    # Huang et al., 2024 (R3GAN): paired, so no kind of day can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=8,
    batch_size=64,
    epochs=350,  # of 13 steps on the bundled days
)

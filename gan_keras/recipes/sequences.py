"""Any sequences of symbols: residual 1-D convolutions, drawn symbols, and the loss of R3GAN."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.02},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
PENALTY = {"weight": 0.3, "interval": 4}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="sequences",
    summary="any sequences: .fasta, .txt with one a line; by default bundled genes, five minutes",
    data="splice_junctions",
    network="sequence",
    # A tenth of the width of Gulrajani et al.: five CPU minutes instead of hours
    generator={"latent_dim": 64, "width": 48, "num_blocks": 3},
    discriminator={"width": 48, "num_blocks": 3},
    # Huang et al., 2024 (R3GAN): paired, so no class of sequences can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=8,
    batch_size=64,
    epochs=80,  # of 39 steps on the bundled genes
)

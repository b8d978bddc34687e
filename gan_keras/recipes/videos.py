"""Short videos: a folder of GIFs, or of folders of frames (MoCoGAN with the loss of R3GAN)."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.05},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
PENALTY = {"weight": 1.0, "interval": 8}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="videos",
    summary="a folder of .gif files or of folders of frames; by default moving garments",
    data="moving_garments",
    data_arguments={"num_frames": 16},
    algorithm="mocogan",
    network="mocogan",
    generator={"content_dim": 64, "units": 64, "widths": (64, 32), "mapping": 128},
    discriminator={"widths": (32, 64), "hidden": 128},
    # Huang et al., 2024 (R3GAN): paired, so that no kind of clip can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 5_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=16,
    epochs=46,  # of 125 steps on the moving garments, 0.2 CPU seconds each: 20 minutes
)

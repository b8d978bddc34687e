"""Short sounds: images of their spectrograms (SpecGAN), with the loss of R3GAN."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 2e-3, "alpha": 0.05},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
PENALTY = {"weight": 1.0, "interval": 8}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="sounds",
    summary="a folder of .wav files, as spectrograms; by default spoken digits that you have",
    data="spoken_digits",
    generator={"latent_dim": 64, "widths": (192, 96, 48, 24), "mapping": 128},
    discriminator={"widths": (24, 48, 96, 192), "hidden": 128},
    # Huang et al., 2024 (R3GAN): paired, so that no kind of sound can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=32,
    epochs=100,  # of 84 steps on the spoken digits
)

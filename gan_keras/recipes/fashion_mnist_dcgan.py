"""The main job: garments at 28x28 from the 10,000 bundled images, in minutes on two CPU cores."""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": 2e-4,  # Radford et al., 2016: 0.001 is too high for both players
    "beta_1": 0.5,  # little momentum: the target of each player moves
}

RECIPE = Recipe(
    name="fashion_mnist_dcgan",
    summary="garments, 28x28 grey: the main job, on the bundled images",
    data="fashion_mnist_10k",
    network="dcgan",
    generator={"latent_dim": 64, "widths": (128, 64, 32)},  # cheap beats deep in five minutes
    discriminator={"widths": (32, 64, 128)},
    loss="non_saturating",
    penalties={"r1": {"weight": 0.3, "interval": 8}},  # lazily: convergence for a tenth more time
    moving_average={"half_life": 10_000},  # images: one pass over the data
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=20,
)

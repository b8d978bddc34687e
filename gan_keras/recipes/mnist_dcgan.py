"""Digits: the settings of the main job on all 60,000 images of MNIST."""

from gan_keras.recipes.fashion_mnist_dcgan import adam
from gan_keras.recipes.recipe import Recipe

ADAM = adam(decay_steps=5_600)  # six passes

RECIPE = Recipe(
    name="mnist_dcgan",
    summary="digits, 28x28 grey",
    data="mnist",
    network="dcgan",
    generator={"latent_dim": 64, "widths": (128, 64, 32)},
    discriminator={"widths": (32, 64, 128)},
    loss="relativistic_paired",
    penalties={"r1": {"weight": 0.3, "interval": 8}, "r2": {"weight": 0.3, "interval": 8}},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=6,  # six times the images of the bundled set, so a fraction of its epochs
)

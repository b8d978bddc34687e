"""Digits: the settings of the main job on all 60,000 images of MNIST."""

from gan_keras.recipes.fashion_mnist_dcgan import ADAM
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="mnist_dcgan",
    summary="digits, 28x28 grey",
    data="mnist",
    network="dcgan",
    generator={"latent_dim": 64, "widths": (128, 64, 32)},
    discriminator={"widths": (32, 64, 128)},
    loss="non_saturating",
    penalties={"r1": {"weight": 0.3, "interval": 8}},
    moving_average={"half_life": 10_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=4,  # six times the images of the bundled set, so a fraction of its epochs
)

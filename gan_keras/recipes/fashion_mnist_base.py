"""What the rows of the table of results have in common, so that each differs in its name's idea.

The networks, batch, data and moving average are the same for all; where a paper asks for another
optimizer or rhythm, its recipe says so. This is no recipe itself.
"""

from gan_keras.recipes.recipe import Recipe

ADAM = {
    "name": "adam",
    "learning_rate": 2e-4,  # Radford et al., 2016
    "beta_1": 0.5,
}

BASE = Recipe(
    name="fashion_mnist_base",
    summary="",
    data="fashion_mnist_10k",
    network="dcgan",
    generator={"latent_dim": 64, "widths": (128, 64, 32)},
    discriminator={"widths": (32, 64, 128)},  # no batch norm, so that every penalty may join
    moving_average={"half_life": 10_000},  # images: one pass over the data
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=20,
)

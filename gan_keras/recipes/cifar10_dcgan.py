"""Ten kinds of thing at 32x32 in colour: the networks of the main job, one size up and wider."""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5}  # Radford et al., 2016

RECIPE = Recipe(
    name="cifar10_dcgan",
    summary="small photographs, 32x32 colour; hours on a CPU, minutes on a GPU",
    data="cifar10",
    network="dcgan",
    generator={"latent_dim": 128, "widths": (256, 256, 128, 64)},  # photographs vary more
    discriminator={"widths": (64, 128, 256)},
    loss="non_saturating",
    penalties={"r1": {"weight": 0.3, "interval": 8}},
    moving_average={"half_life": 50_000},  # images: one pass over the data
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=40,
)

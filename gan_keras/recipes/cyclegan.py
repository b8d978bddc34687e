"""CycleGAN as published (Zhu et al., 2017): two folders without pairs, 256 pixels."""

from gan_keras.recipes.recipe import Recipe

# Held for the first half of the epochs, then falling to 0.
RATE = {"name": "linear_decay", "initial_learning_rate": 2e-4}
ADAM = {"name": "adam", "learning_rate": RATE, "beta_1": 0.5}

RECIPE = Recipe(
    name="cyclegan",
    summary="the paper's settings for two folders without pairs, 256 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 286, "pairing": None},  # as the layout says
    algorithm="cyclegan",
    network={"generator": "resnet_translator", "discriminator": "patchgan"},
    generator={"width": 64, "num_blocks": 9, "upsampling": "transposed"},
    discriminator={"width": 64, "num_layers": 3},
    loss="least_squares",
    crop={"size": 256},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=1,
    epochs=200,
    published={
        "score": "horse2zebra, FID 62.1 by mmagic of the authors' weights",
        "protocol": "that of Zhu et al., 2017, arXiv:1703.10593",
        "differs": "see the comments beside the settings",
        "ours": "not yet run by us",
    },
)

"""CUT as published (Park et al., 2020): two folders without pairs, 256 pixels."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="cut",
    summary="the paper's settings for two folders without pairs, one-sided, 256 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 286, "pairing": "unpaired"},
    algorithm="cut",
    network={"generator": "resnet_translator", "discriminator": "patchgan"},
    generator={"width": 64, "num_blocks": 9, "antialias": True},
    discriminator={"width": 64, "num_layers": 3},
    loss="least_squares",
    crop={"size": 256},
    generator_optimizer={"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5},
    discriminator_optimizer={"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5},
    batch_size=1,
    epochs=400,
    published={
        "source": "Park et al., 2020, arXiv:2007.15651",
        "score": "horse2zebra, FID 45.5; 61.7 and 68 by others at the last epoch",
        "ran": False,
    },
)

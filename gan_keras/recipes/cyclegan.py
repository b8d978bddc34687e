"""CycleGAN as published (Zhu et al., 2017): two folders without pairs, 256 pixels."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="cyclegan",
    summary="the paper's settings for two folders without pairs, 256 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 286, "pairing": "unpaired"},
    algorithm="cyclegan",
    network={"generator": "resnet_translator", "discriminator": "patchgan"},
    generator={"width": 64, "num_blocks": 9, "upsampling": "transposed"},
    discriminator={"width": 64, "num_layers": 3},
    loss="least_squares",
    crop={"size": 256},
    # The paper holds the rate for 100 epochs and lowers it for 100; here it falls all the way.
    generator_optimizer={
        **{"name": "adam", "beta_1": 0.5},
        "learning_rate": {
            "name": "polynomial_decay",
            **{"initial_learning_rate": 2e-4, "end_learning_rate": 0.0},
        },
    },
    discriminator_optimizer={
        **{"name": "adam", "beta_1": 0.5},
        "learning_rate": {
            "name": "polynomial_decay",
            **{"initial_learning_rate": 2e-4, "end_learning_rate": 0.0},
        },
    },
    batch_size=1,
    epochs=200,
    published={
        "source": "Zhu et al., 2017, arXiv:1703.10593",
        "score": "horse2zebra, FID 62.1 by mmagic of the authors' weights",
        "ran": False,
    },
)

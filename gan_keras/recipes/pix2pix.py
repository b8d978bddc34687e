"""pix2pix as published (Isola et al., 2017): pairs of 256 pixels."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="pix2pix",
    summary="the paper's settings for a folder of pairs, 256 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 286, "pairing": None},  # as the layout says
    algorithm="pix2pix",
    network={"generator": "unet", "discriminator": "patchgan"},
    generator={
        **{"width": 64, "num_levels": 8, "norm": "batch"},
        **{"dropout": 0.5, "upsampling": "transposed"},
    },
    discriminator={"width": 64, "num_layers": 3, "norm": "batch", "conditional": True},
    loss="non_saturating",
    distances={"l1": {"weight": 100.0}},
    crop={"size": 256},  # of 286, mirrored half of the time
    generator_optimizer={"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5},
    discriminator_optimizer={"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5},
    batch_size=1,
    epochs=200,
    published={
        "score": "facades, FID 119.1 by mmagic of the authors' weights",
        "protocol": "that of Isola et al., 2017, arXiv:1611.07004",
        "differs": "see the comments beside the settings",
        "ours": "not yet run by us",
    },
)

"""LaMa as published (Suvorov et al., 2021): large holes filled in."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="lama",
    summary="the settings of LaMa for a folder of images, 256 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 256},
    algorithm="pix2pix",
    network={"generator": "lama", "discriminator": "patchgan"},
    generator={"width": 64, "num_blocks": 9},
    # Without the paper's batch norm: R1 differentiates each image's own logits.
    discriminator={"width": 64, "num_layers": 4, "norm": None},
    corruption="stroke_mask",
    loss="non_saturating",
    penalties={"r1": {"weight": 0.001}},
    # The paper adds a perceptual distance of weight 30, by a segmenting ResNet-50.
    distances={
        "l1": {"weight": 1.0, "known_weight": 10.0, "missing_weight": 0.0},
        "feature_matching": {"weight": 100.0, "criterion": "l2", "normalization": "mean"},
    },
    model={"adversarial_weight": 10.0, "known_is_real": True},
    generator_optimizer={"name": "adam", "learning_rate": 1e-3},
    discriminator_optimizer={"name": "adam", "learning_rate": 1e-4},
    batch_size=10,
    epochs=40,
    published={
        "score": "Places, FID and LPIPS of Big-LaMa",
        "protocol": "that of Suvorov et al., 2021, arXiv:2109.07161",
        "differs": "see the comments beside the settings",
        "ours": "not yet run by us",
    },
)

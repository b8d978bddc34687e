"""SPADE as published (Park et al., 2019): photographs from label maps."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="spade",
    summary="the paper's settings for label maps and photographs, 256 pixels",
    data="",  # a folder of your own
    # COCO-Stuff: 182 classes and one for what belongs to none.
    data_arguments={"image_size": 256, "pairing": None, "num_labels": 183, "dont_care": 255},
    algorithm="pix2pix",
    network={"generator": "spade", "discriminator": "spade"},
    generator={"num_labels": 184, "latent_dim": 256},
    discriminator={"num_labels": 184, "conditional": True},
    loss="hinge",
    distances={"feature_matching": {"weight": 10.0}},
    # The paper adds a perceptual distance of weight 10, by VGG19, whose weights we have not.
    generator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.0, "beta_2": 0.9},
    discriminator_optimizer={"name": "adam", "learning_rate": 4e-4, "beta_1": 0.0, "beta_2": 0.9},
    batch_size=32,
    epochs=100,  # of COCO-Stuff, at one rate; Cityscapes and ADE20K have 200, half of them falling
    published={
        "score": "COCO-Stuff, mIoU 37.4, FID 22.6",
        "protocol": "that of Park et al., 2019, arXiv:1903.07291",
        "differs": "see the comments beside the settings",
        "ours": "not yet run by us",
    },
)

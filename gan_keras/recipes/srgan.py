"""SRGAN as BasicSR has it (Ledig et al., 2017): photographs four times as large."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="srgan",
    summary="the settings of SRGAN for a folder of images, x4, crops of 128 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 256},
    algorithm="pix2pix",
    network={"generator": "srresnet", "discriminator": "vgg_discriminator"},
    generator={"width": 64, "num_blocks": 16, "scale": 4},
    discriminator={},
    corruption={"name": "downsample", "scale": 4},
    loss="non_saturating",
    # BasicSR: 0.01 L1 and 1 perceptual, here by EfficientNet in place of VGG19.
    distances={"l1": {"weight": 0.01}, "perceptual": {"weight": 1.0}},
    model={"adversarial_weight": 0.005},
    crop={"size": 128},
    moving_average={"half_life": 10_000},
    generator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9, "beta_2": 0.99},
    discriminator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9, "beta_2": 0.99},
    batch_size=16,
    epochs=100,
    published={
        "source": "Ledig et al., 2017, arXiv:1609.04802; BasicSR",
        "score": "Set5, PSNR 28.0 dB (RGB)",
        "ran": False,
    },
)

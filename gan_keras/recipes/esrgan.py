"""ESRGAN as BasicSR has it (Wang et al., 2018): photographs four times as large."""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="esrgan",
    summary="the settings of ESRGAN for a folder of images, x4, crops of 128 pixels",
    data="",  # a folder of your own
    data_arguments={"image_size": 256},
    algorithm="pix2pix",
    network={"generator": "rrdb", "discriminator": "vgg_discriminator"},
    generator={"width": 64, "num_blocks": 23, "scale": 4},
    discriminator={},
    corruption={"name": "downsample", "scale": 4},
    loss="relativistic_average",
    distances={"l1": {"weight": 0.01}, "perceptual": {"weight": 1.0}},
    # Half of the paper's 0.005: its relativistic loss is the mean of two terms, ours their sum.
    model={"adversarial_weight": 0.0025},
    crop={"size": 128},
    moving_average={"half_life": 10_000},
    generator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9, "beta_2": 0.99},
    discriminator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.9, "beta_2": 0.99},
    batch_size=16,
    epochs=100,
    published={
        "source": "Wang et al., 2018, arXiv:1809.00219; BasicSR",
        "score": "Set5, PSNR 28.3 dB by mmagic (RGB)",
        "ran": False,
    },
)

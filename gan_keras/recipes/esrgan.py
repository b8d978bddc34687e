"""ESRGAN as BasicSR has it (Wang et al., 2018): photographs four times as large."""

import dataclasses

from gan_keras.recipes import srgan

RECIPE = dataclasses.replace(
    srgan.RECIPE,
    name="esrgan",
    summary="the settings of ESRGAN for a folder of images, x4, crops of 128 pixels",
    network={"generator": "rrdb", "discriminator": "vgg_discriminator"},
    generator={"width": 64, "num_blocks": 23, "scale": 4},
    loss="relativistic_average",
    # Half of the paper's 0.005: its relativistic loss is the mean of two terms, ours their sum.
    model={"adversarial_weight": 0.0025},
    published={
        "score": "Set5, PSNR 28.3 dB by mmagic (RGB)",
        "protocol": "that of Wang et al., 2018, arXiv:1809.00219; BasicSR",
        "differs": "see the comments beside the settings",
        "ours": "not yet run by us",
    },
)

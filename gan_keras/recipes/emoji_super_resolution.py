"""Renders four times as large: SRGAN's idea (Ledig et al., 2017) on a CPU."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_super_resolution",
        "summary": "3-D renders from 16 to 64 pixels; bundled",
        "data": "fluent_emoji_renders",
        "corruption": {"name": "downsample", "scale": 4},
        "network": {"generator": "srresnet", "discriminator": "patchgan"},
        "generator": {"width": 32, "num_blocks": 8, "scale": 4},
        # It judges the picture alone: the small one is in it already.
        "discriminator": {"width": 32, "num_layers": 2},
        "distances": {"l1": {"weight": 100.0}},
        "batch_size": 16,
        "epochs": 30,
    }
)

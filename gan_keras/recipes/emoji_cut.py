"""Emoji from flat colours to renders, without pairs and one way alone (CUT)."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "name": "emoji_cut",
        "summary": "flat emoji to 3-D renders, 64x64, without pairs, one-sided; bundled",
        "data_arguments": {"input": "flat", "target": "render", "pairing": "unpaired"},
        "algorithm": "cut",
        "network": {"generator": "resnet_translator", "discriminator": "patchgan"},
        "generator": {"width": 16, "num_blocks": 4, "residual": True},
        "discriminator": {"width": 32, "num_layers": 2},
        "model": {"num_patches": 64},  # of 256 at the smallest map
        "batch_size": 4,
        "epochs": 8,
    }
)

"""Emoji from flat colours to renders and back, without pairs (CycleGAN)."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "name": "emoji_cyclegan",
        "summary": "flat emoji and 3-D renders, both ways, 64x64, without pairs; bundled",
        # Inputs and samples are of different symbols: the withheld partners are the truth.
        "data_arguments": {"input": "flat", "target": "render", "pairing": "unpaired"},
        "algorithm": "cyclegan",
        "generator": {"width": 32, "residual": True},
        "discriminator": {"width": 32, "num_layers": 2},
        "batch_size": 4,
        "epochs": 8,
    }
)

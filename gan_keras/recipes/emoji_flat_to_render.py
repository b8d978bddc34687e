"""Emoji from flat colours to renders, in pairs."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_flat_to_render",
        "summary": "flat emoji to 3-D renders, 64x64 colour, in pairs; bundled",
        "data_arguments": {"input": "flat", "target": "render"},
        # Silhouettes and most colours stay, so what is to be learned is the difference.
        "generator": {"width": 32, "residual": True},
        "distances": {"l1": {"weight": 100.0}},
    }
)

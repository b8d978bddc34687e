"""Emoji from flat colours to renders, in pairs, with the losses of pix2pix alone."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_flat_to_render_plain",
        "summary": "the same without the perceptual distance: no extra, and blurred",
        "data_arguments": {"input": "flat", "target": "render"},
        # Silhouettes and most colours stay, so what is to be learned is the difference.
        "generator": {"width": 32, "residual": True},
        "distances": {"l1": {"weight": 100.0}},
    }
)

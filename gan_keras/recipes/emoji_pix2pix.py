"""Emoji from line drawings to renders: pix2pix (Isola et al., 2017) on a CPU."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_pix2pix",
        "summary": "line drawings to 3-D renders, 64x64 colour, in pairs; bundled",
        "data_arguments": {"input": "line", "target": "render"},
        "distances": {"l1": {"weight": 100.0}},  # the paper's
        "epochs": 10,
    }
)

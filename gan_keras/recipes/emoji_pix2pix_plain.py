"""Emoji from line drawings to renders by the losses of pix2pix alone (Isola et al., 2017)."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_pix2pix_plain",
        "summary": "the same without the perceptual distance: no extra, and blurred",
        "data_arguments": {"input": "line", "target": "render"},
        "distances": {"l1": {"weight": 100.0}},  # the paper's
        "epochs": 10,
    }
)

"""Colours for grey renders: the input is made of the sample."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "emoji_colorization",
        "summary": "colours for grey 3-D renders, 64x64; bundled",
        "data": "fluent_emoji_renders",
        "corruption": "grey",
        # What is grey stays: what is to be learned is the difference of each colour from it.
        "generator": {"width": 32, "residual": True},
        "distances": {"l1": {"weight": 100.0}},
    }
)

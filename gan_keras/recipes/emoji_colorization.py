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
        "distances": {"l1": {"weight": 100.0}},
    }
)

"""Emoji from flat colours to renders, in pairs, with a perceptual distance by ImageNet features."""

from gan_keras.recipes.emoji_flat_to_render import RECIPE as FLAT_TO_RENDER

RECIPE = FLAT_TO_RENDER.with_settings(
    {
        "name": "emoji_flat_to_render_perceptual",
        "summary": "the same with a perceptual distance; needs gan-keras[imagenet]",
        "distances": {"l1": {"weight": 100.0}, "perceptual": {"weight": 20.0}},
    }
)

"""Emoji from flat colours to renders, in pairs, with a perceptual distance by ImageNet features."""

from gan_keras.recipes.emoji_flat_to_render_plain import RECIPE as PLAIN

RECIPE = PLAIN.with_settings(
    {
        "name": "emoji_flat_to_render",
        "summary": "flat emoji to 3-D renders, 64x64, in pairs; bundled; gan-keras[imagenet]",
        "distances": {"l1": {"weight": 100.0}, "perceptual": {"weight": 20.0}},
    }
)

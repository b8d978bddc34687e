"""Emoji from line drawings to renders, sharper by a perceptual distance of ImageNet features."""

from gan_keras.recipes.emoji_pix2pix_plain import RECIPE as PLAIN

RECIPE = PLAIN.with_settings(
    {
        "name": "emoji_pix2pix",
        "summary": "line drawings to 3-D renders, 64x64, in pairs; bundled; gan-keras[imagenet]",
        "distances": {"l1": {"weight": 50.0}, "perceptual": {"weight": 40.0}},
    }
)

"""Emoji from line drawings to renders, sharper by a perceptual distance of ImageNet features."""

from gan_keras.recipes.emoji_pix2pix import RECIPE as PIX2PIX

RECIPE = PIX2PIX.with_settings(
    {
        "name": "emoji_pix2pix_perceptual",
        "summary": "the same with a perceptual distance; needs gan-keras[imagenet]",
        "distances": {"l1": {"weight": 50.0}, "perceptual": {"weight": 40.0}},
    }
)

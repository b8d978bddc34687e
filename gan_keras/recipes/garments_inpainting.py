"""Garments with holes: strokes and boxes are filled in (after LaMa: Suvorov et al., 2021)."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "garments_inpainting",
        "summary": "holes in garments filled in, 28x28 grey; bundled",
        "data": "fashion_mnist_10k",
        "corruption": "box_mask",
        "network": {"generator": "unet", "discriminator": "patchgan"},
        "generator": {"width": 32, "num_levels": 2},
        "discriminator": {"width": 32, "num_layers": 2},
        "distances": {"l1": {"weight": 100.0}},
        "batch_size": 32,
        "epochs": 12,
    }
)

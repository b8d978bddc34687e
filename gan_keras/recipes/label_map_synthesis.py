"""Renders from label maps of their flat drawings: SPADE (Park et al., 2019) on a CPU."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "algorithm": "pix2pix",
        "name": "label_map_synthesis",
        "summary": "3-D renders from label maps of twelve colours, 64x64; bundled",
        "data": "fluent_emoji_labels",
        "network": {"generator": "spade", "discriminator": "spade"},
        "generator": {"num_labels": 12, "width": 8, "num_doublings": 4, "hidden": 32},
        "discriminator": {"num_labels": 12, "width": 16, "num_layers": 2, "conditional": True},
        "loss": "hinge",
        "distances": {"l1": {"weight": 10.0}, "feature_matching": {"weight": 10.0}},
    }
)

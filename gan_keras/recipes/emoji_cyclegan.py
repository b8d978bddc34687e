"""Emoji from flat colours to renders and back, without pairs (CycleGAN)."""

from gan_keras.recipes.emoji_base import SHARED
from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    **{
        **SHARED,
        "name": "emoji_cyclegan",
        "summary": "flat emoji and 3-D renders, both ways, 64x64, without pairs; bundled",
        # Inputs and samples are of different symbols: the withheld partners are the truth.
        "data_arguments": {"input": "flat", "target": "render", "pairing": "unpaired"},
        "algorithm": "cyclegan",
        # At a quarter of the size, as CUT's: in the minutes of a CPU it gets further than a U-Net.
        "network": {"generator": "resnet_translator", "discriminator": "patchgan"},
        "generator": {"width": 16, "num_blocks": 4, "residual": True},
        "discriminator": {"width": 32, "num_layers": 2},
        # A residual generator begins as the identity: what would hold it there is left out, and the
        # cycle has half of the paper's weight.
        "model": {"cycle_weight": 5.0, "identity_weight": 0.0},
        "batch_size": 4,
        "epochs": 8,
    }
)

"""The optimizer of a player that was given none: Adam as adversarial games want it."""

import keras

NAME = "default"  # what `compile` calls it


def get(optimizer):
    """A Keras optimizer from itself, its name or its config; "default" is Adam(2e-4, beta_1=0.5).

    Adam's own numbers (1e-3, beta_1=0.9) are made for a loss that stands still: with them one
    player overshoots what the other one has moved on from. These are Radford et al. 2016, arXiv
    1511.06434, section 4, and pix2pix, CycleGAN, AC-GAN and InfoGAN have them, too.
    """
    if isinstance(optimizer, str) and optimizer == NAME:
        return keras.optimizers.Adam(2e-4, beta_1=0.5)
    return keras.optimizers.get(optimizer)

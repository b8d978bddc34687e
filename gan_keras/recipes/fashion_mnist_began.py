"""The discriminator is an autoencoder (Berthelot et al., 2017, arXiv:1703.10717)."""

import dataclasses

from gan_keras.recipes.fashion_mnist_base import ADAM, BASE

FAST = {**ADAM, "learning_rate": 1e-3}  # ten times the paper's, which trains for days

RECIPE = dataclasses.replace(
    BASE,
    name="fashion_mnist_began",
    summary="garments, a discriminator that gives images back (BEGAN)",
    algorithm="began",
    loss=None,  # it has its own
    # No batch norm, as in the paper: the decoder is built like the generator.
    generator={**BASE.generator, "normalization": None},
    # The paper's are for faces, all as easily given back. Trousers are easier than the average
    # garment: at 0.6 all samples were trousers after 150 CPU seconds, at 1 the generator has to
    # make what is as hard as the data. Few steps want a balance that moves a hundred times as fast.
    model={"diversity": 1.0, "balance_rate": 0.1},
    generator_optimizer=FAST,
    discriminator_optimizer=FAST,
    batch_size=16,  # the paper's
    epochs=6,
)

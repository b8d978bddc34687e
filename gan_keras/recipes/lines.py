"""Any short lines of text, letter by letter: the networks of sequences, and the loss of R3GAN.

`RECIPE` is as long as the bundled names ask for. `suited` makes it as long as other lines do.
"""

from gan_keras.recipes import length
from gan_keras.recipes.recipe import Recipe

PASSES = 150
LINES = (650_000, 2_600_000)  # that a whole run is shown, at least and at most

ADAM = {
    "name": "adam",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.02},
    "beta_1": 0.0,
    "beta_2": 0.99,
}
PENALTY = {"weight": 0.3, "interval": 4}  # lazily: more steps in the same time

RECIPE = Recipe(
    name="lines",
    summary="any short lines of text: a .txt, letter by letter; by default names, five minutes",
    data="names",
    network="sequence",
    generator={"latent_dim": 64, "width": 64, "num_blocks": 2},
    discriminator={"width": 64, "num_blocks": 2},
    # Huang et al., 2024 (R3GAN): paired, so no kind of line can be left; both penalties
    loss="relativistic_paired",
    penalties={"r1": PENALTY, "r2": PENALTY},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    steps_per_execution=8,
    batch_size=64,
    epochs=PASSES,  # of 68 steps on the bundled names
)


def suited(recipe, source):
    """The recipe with a length that suits its data: 150 passes, within the bounds of `LINES`.

    Args:
        recipe: `RECIPE`, or one made of it, whose `data` and `data_arguments` may be changed.
        source: those data, from `gan_keras.data.source`.
    """
    return length.as_long_as_suits(recipe, source, passes=PASSES, shown=LINES)

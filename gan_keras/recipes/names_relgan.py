"""Short lines of text as RelGAN has them: a relational memory, and a temperature that falls.

After Nie, Narodytska, Patel, 2019 (ICLR), at a small part of their size: likelihood first, then the
relativistic game, whose discriminator sees shares that become symbols.
"""

from gan_keras.recipes import names_policy
from gan_keras.recipes.names_policy import PRETRAINING

RECIPE = names_policy.RECIPE.with_settings(
    {
        "name": "names_relgan",
        "summary": "short lines: likelihood, then a falling temperature (RelGAN); by default names",
        "network": "relgan",
        "generator": {"units": 96, "num_heads": 2},
        "discriminator": {"num_embeddings": 8, "embedding_dim": 4, "width": 48},
        "surrogate": {
            "name": "relaxed",
            "temperature": 1.0,
            "final": 0.05,
            "annealing": 47_872,
        },
        "loss": "relativistic_paired",
        "penalties": {"r1": {"weight": 0.01, "interval": 4}},
        "generator_optimizer.learning_rate.initial_learning_rate": 2e-3,
        "discriminator_optimizer.learning_rate.initial_learning_rate": 1e-3,
    }
)


def suited(recipe, source):
    """As `names_policy.suited`; and the temperature falls until the game is over.

    Args:
        recipe: `RECIPE`, or one made of it, whose `data` and `data_arguments` may be changed.
        source: those data, from `gan_keras.data.source`.
    """
    recipe = names_policy.suited(recipe, source)
    game = round(recipe.model["pretraining"] * (1 - PRETRAINING) / PRETRAINING)
    return recipe.with_settings({"surrogate.annealing": game})

"""Short lines of text by a language model: likelihood first, then policy gradient.

After SeqGAN (Yu et al., 2017, arXiv:1609.05473) and ScratchGAN (de Masson d'Autume et al., 2019,
arXiv:1905.09922): a GRU draws letter after letter, a causal discriminator rewards each of them.
`suited` makes a run as long as other lines ask for, and shares it among likelihood and game.
"""

from gan_keras.recipes import length
from gan_keras.recipes.recipe import Recipe

PASSES = 20  # more of them, and names are learnt by heart
LINES = (87_040, 1_500_000)  # that a whole run is shown, at least and at most
PRETRAINING = 0.45  # of them, by likelihood, before the game
LEARNING_RATE = {"name": "cosine_decay", "initial_learning_rate": 3e-3, "alpha": 0.02}
ADAM = {"name": "adam", "learning_rate": LEARNING_RATE, "beta_1": 0.5, "beta_2": 0.99}
# Small: with R3GAN's 0.3 the discriminator said nothing at all of so good a generator.
PENALTY = {"weight": 3e-4, "interval": 4}

RECIPE = Recipe(
    name="names_policy",
    summary="short lines: likelihood, then policy gradient (SeqGAN, ScratchGAN); by default names",
    data="names",
    algorithm="sequence_gan",
    network="autoregressive",
    generator={"units": 128},  # 66,587 weights, half as many as the generator of `names`
    discriminator={"width": 48, "num_blocks": 2},
    surrogate={"name": "reinforce", "discount": 0.6, "baseline_decay": 0.99},
    model={"pretraining": 39_168, "likelihood_weight": 0.0},
    penalties={"r1": PENALTY},
    moving_average={"half_life": 20_000},
    generator_optimizer=ADAM,
    discriminator_optimizer={
        **ADAM,
        "beta_1": 0.0,
        "learning_rate": {**LEARNING_RATE, "initial_learning_rate": 4e-3},
    },
    steps_per_execution=8,
    batch_size=64,
    epochs=PASSES,  # of 68 steps on the bundled names
)


def suited(recipe, source):
    """The recipe with a length that suits its data, shared among likelihood and game.

    Args:
        recipe: `RECIPE`, or one made of it, whose `data` and `data_arguments` may be changed.
        source: those data, from `gan_keras.data.source`.
    """
    recipe = length.as_long_as_suits(recipe, source, passes=PASSES, shown=LINES)
    per_pass = source.num_samples // recipe.batch_size * recipe.batch_size
    shown = recipe.epochs * per_pass
    return recipe.with_settings({"model.pretraining": round(PRETRAINING * shown)})

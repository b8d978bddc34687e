"""HiFi-GAN (Kong, Kim, Bae, 2020): waves from their mel spectrograms; small networks, for words.

arXiv:2010.05646, section 3: sums over eight judges with weights of 1 (adversarial), 2 (features)
and 45 (mel); AdamW at 2e-4 with .8, .99 and a decay of .01, batches of 16. Here a term of judges is
a mean over them, and least squares a half: hence 16 and 16. The paper's judges have a width of 32,
and its generators, `networks.hifigan.V1` to `V3`, make 256 samples a frame at 22,050 a second.
"""

from gan_keras.recipes.recipe import Recipe

MEL = {"rate": 8_000, "size": 256, "hop": 64, "num_bins": 40}
ADAMW = {
    "name": "adamw",
    "learning_rate": {"name": "cosine_decay", "initial_learning_rate": 1e-3, "alpha": 0.1},
    "weight_decay": 0.01,
    "beta_1": 0.8,
    "beta_2": 0.99,
}

RECIPE = Recipe(
    name="vocoder",
    summary="waves from mel spectrograms: a folder of .wav files; spoken digits that you have",
    data="spoken_digits",
    data_arguments={"form": "waves", "num_samples": 4_096},
    algorithm="pix2pix",
    network={"generator": "hifigan", "discriminator": "hifigan"},
    generator={
        **{"width": 128, "rates": (4, 4, 2, 2), "kernels": (8, 8, 4, 4)},
        **{"block_kernels": (3, 7), "dilations": ((1, 3), (1, 3)), "depth": 1},
    },
    discriminator={"width": 4},
    corruption={"name": "mel", **MEL},
    crop={"size": 1_024, "flip": False},  # a word backwards is none
    loss="least_squares",
    distances={
        "mel_l1": {"weight": 45.0, **MEL},
        "feature_matching": {"weight": 16.0, "normalization": "sum"},
    },
    model={"adversarial_weight": 16.0},
    generator_optimizer=ADAMW,
    discriminator_optimizer=ADAMW,
    batch_size=8,
    epochs=30,
)


def suited(recipe, source):
    """The recipe at the rate of its data."""
    rate = getattr(source.kind, "rate", None)
    if rate is None:  # no sounds: the recipe itself says so
        return recipe
    return recipe.with_settings({"corruption.rate": rate, "distances.mel_l1.rate": rate})

"""A digit that you name, spoken: spectrograms of a class, both players told which."""

from gan_keras.recipes import sounds

RECIPE = sounds.RECIPE.with_settings(
    {
        "name": "spoken_digits",
        "summary": "spoken digits by class, 8,000 samples a second; from files that you have",
        "data_arguments": {"num_samples": 6_144},  # whole words: 98 of 100 are no longer
        "epochs": 120,  # of 84 steps: 40 CPU minutes
        "conditional": True,
        # Miyato and Koyama, 2018: the inner product with the label
        "discriminator.conditioning": "projection",
    }
)

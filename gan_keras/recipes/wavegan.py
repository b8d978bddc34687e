"""WaveGAN (Donahue et al., 2019): short sounds as waves; the paper's numbers, small networks.

arXiv:1802.04208, table 2: WGAN-GP with a weight of 10, five critic steps, Adam at 1e-4 with .5 and
.9, batches of 64, uniform latents. The paper has 16,384 samples and a width of 64, and trains for
four days on a GPU: --set data_arguments.num_samples=16384 --set generator.width=64 --set
discriminator.width=64.
"""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 1e-4, "beta_1": 0.5, "beta_2": 0.9}

RECIPE = Recipe(
    name="wavegan",
    summary="WaveGAN on a folder of .wav files, a baseline for `sounds`; small networks, slow",
    data="spoken_digits",
    data_arguments={"form": "waves", "num_samples": 4_096},
    network="wavegan",
    generator={"latent_dim": 100, "width": 16},
    discriminator={"width": 16, "phase_shuffle": 2},
    model={"prior": "uniform"},
    loss="wasserstein",
    penalties={"gradient_penalty": {"weight": 10.0}},
    moving_average={"half_life": 10_000},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    discriminator_steps=5,
    batch_size=64,
    epochs=100,  # of 8 steps on the spoken digits
)

"""SNGAN with residual networks on CIFAR-10 (Miyato et al., 2018, arXiv:1802.05957)."""

from gan_keras.recipes.recipe import Recipe

GENERATOR_STEPS = 100_000
BATCH_SIZE = 64
DISCRIMINATOR_STEPS = 5


def adam(steps):
    """Adam whose rate falls linearly to zero, as in the paper's code."""
    return {
        "name": "adam",
        "learning_rate": {
            "name": "polynomial_decay",
            "initial_learning_rate": 2e-4,
            "end_learning_rate": 0.0,
            "decay_steps": steps,
        },
        "beta_1": 0.0,
        "beta_2": 0.9,
    }


DIFFERS = "100,000 steps and 64 fakes for the generator, as in Mimicry; the authors' 50,000 and 128"

RECIPE = Recipe(
    name="cifar10_sngan",
    summary="CIFAR-10, residual SNGAN with the paper's settings: a GPU and a day",
    data="cifar10",
    network="resnet",
    generator={"latent_dim": 128, "widths": (256, 256, 256, 256)},
    discriminator={"widths": (128, 128), "num_last_blocks": 2},
    loss="hinge",
    generator_optimizer=adam(GENERATOR_STEPS),
    discriminator_optimizer=adam(GENERATOR_STEPS * DISCRIMINATOR_STEPS),
    discriminator_steps=DISCRIMINATOR_STEPS,
    batch_size=BATCH_SIZE,
    epochs=GENERATOR_STEPS * DISCRIMINATOR_STEPS * BATCH_SIZE // 50_000,
    published={
        "score": "FID 21.7 +- 0.21 in the paper; 16.77 +- 0.04 in Mimicry",
        "protocol": "10,000 real and 5,000 generated images; 50,000 and 50,000 in Mimicry",
        "differs": DIFFERS,
        "ours": "not yet run by us",
    },
)

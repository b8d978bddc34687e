"""SAGAN on CIFAR-10 (Zhang et al., 2019, arXiv:1805.08318).

The paper trains on ImageNet at 128x128; the score for CIFAR-10 is StudioGAN's. Optimizers and
rhythm are the paper's.
"""

from gan_keras.recipes.recipe import Recipe

RECIPE = Recipe(
    name="cifar10_sagan",
    summary="CIFAR-10 by class, self-attention, two learning rates: a GPU and a day",
    data="cifar10",
    network="sagan",
    conditional=True,
    generator={"latent_dim": 128, "widths": (256, 256, 256, 256)},
    discriminator={"widths": (128, 128), "num_last_blocks": 2},
    loss="hinge",
    generator_optimizer={"name": "adam", "learning_rate": 1e-4, "beta_1": 0.0, "beta_2": 0.9},
    discriminator_optimizer={"name": "adam", "learning_rate": 4e-4, "beta_1": 0.0, "beta_2": 0.9},
    batch_size=64,
    epochs=128,  # 100,000 steps
    published={
        "score": "FID 10.35, IS 8.64 in StudioGAN",
        "protocol": "50,000 training and 50,000 generated images, best checkpoint",
        "ours": "not yet run by us",
    },
)

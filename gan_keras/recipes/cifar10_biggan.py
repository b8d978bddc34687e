"""BigGAN on CIFAR-10 (Brock et al., 2019, arXiv:1809.11096), with StudioGAN's rhythm."""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 2e-4, "beta_1": 0.5, "beta_2": 0.999}

RECIPE = Recipe(
    name="cifar10_biggan",
    summary="CIFAR-10 by class, BigGAN: a GPU and a day",
    data="cifar10",
    network="biggan",
    conditional=True,
    generator={"latent_dim": 80, "widths": (256, 256, 256, 256)},
    discriminator={"widths": (256, 256), "num_last_blocks": 2},
    loss="hinge",
    moving_average={"half_life": 443_580, "ramp_up": None},  # 0.9999 a step of 64 images
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    discriminator_steps=5,
    batch_size=64,
    epochs=640,  # 100,000 steps of the generator
    published={
        "score": "FID 14.73 in the paper; FID 4.16, IS 9.96 in StudioGAN",
        "protocol": "StudioGAN: 50,000 training and 50,000 generated images, best checkpoint",
        "ours": "not yet run by us",
    },
)

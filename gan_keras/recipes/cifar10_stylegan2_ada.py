"""StyleGAN2 with adaptive augmentation on CIFAR-10 (Karras et al., 2020, arXiv:2006.06676)."""

from gan_keras.recipes.recipe import Recipe

ADAM = {"name": "adam", "learning_rate": 2.5e-3, "beta_1": 0.0, "beta_2": 0.99}
ALL_TRANSFORMS = (
    *("flip", "quarter_turns", "translation", "scale", "rotation", "fraction"),
    *("brightness", "contrast", "luma_flip", "hue", "saturation"),
)

RECIPE = Recipe(
    name="cifar10_stylegan2_ada",
    summary="CIFAR-10 by class, StyleGAN2 with ADA, the paper's settings: a GPU and days",
    data="cifar10",
    network="stylegan2",
    conditional=True,
    generator={
        "latent_dim": 512,
        "widths": (512, 512, 512, 512),
        "num_mapping_layers": 2,
        "mixing_probability": 0.0,  # the paper leaves mixing and path length out on CIFAR-10
    },
    discriminator={"widths": (512, 512, 512, 512), "embedding_dim": 512, "group_size": 32},
    loss="non_saturating",
    penalties={"r1": {"weight": 0.01, "interval": 16}},
    augment={"name": "adaptive", "transforms": ALL_TRANSFORMS},
    moving_average={"half_life": 500_000, "ramp_up": 0.05},
    generator_optimizer=ADAM,
    discriminator_optimizer=ADAM,
    batch_size=64,
    epochs=2000,  # 100 million images
    published={
        "score": "FID 2.42 in the paper; FID 2.31, IS 10.53 in StudioGAN",
        "protocol": "50,000 training and 50,000 generated images, best checkpoint",
        "differs": "our ADA has no anisotropic scaling and no low-pass filters; our discriminator "
        "is residual, the authors' on CIFAR-10 is not, and it embeds a label in one layer",
        "ours": "not yet run by us",
    },
)

"""The games that benchmarks/speed/throughput.py times, described without any framework.

A network is a list of layers, each a tuple of a kind and its arguments; every loop builds it with
its own framework's layers (`keras_networks.py`, `torch_networks.py`).
"""

import dataclasses


@dataclasses.dataclass(frozen=True, kw_only=True)
class Configuration:
    """One game: two networks and the mathematics between them."""

    title: str
    image_shape: tuple
    latent_dim: int
    generator: list
    discriminator: list
    loss: str  # a name in gan_keras.losses.NAMES
    batch_size: int
    discriminator_steps: int = 1
    r1: float = 0.0  # weight, in every eighth step
    gradient_penalty: float = 0.0  # weight
    half_life: float | None = None  # of the generator's moving average, in images
    learning_rate: float = 2e-4
    beta_1: float = 0.5
    beta_2: float = 0.999
    normalization: str = "batch_norm"

    @property
    def period(self):
        """Steps after which the work repeats."""
        return R1_INTERVAL if self.r1 else 1


R1_INTERVAL = 8


def dcgan_generator(base, widths, channels):
    """`gan_keras.networks.dcgan.generator` as a list."""
    layers = [("dense", base * base * widths[0], False), ("reshape", base, base, widths[0])]
    for filters in widths[1:]:
        layers += [("batch_norm",), ("relu",), ("transposed", filters, 4, 2, False)]
    return [*layers, ("batch_norm",), ("relu",), ("conv", channels, 3, 1, True), ("tanh",)]


def dcgan_discriminator(widths):
    """`gan_keras.networks.dcgan.discriminator` as a list."""
    layers = []
    for filters in widths:
        layers += [("conv", filters, 4, 2, True), ("leaky_relu", 0.2)]
    return [*layers, ("flatten",), ("dense", 1, True)]


DCGAN = {
    "image_shape": (28, 28, 1),
    "latent_dim": 64,
    "generator": dcgan_generator(7, (128, 64, 32), 1),
    "discriminator": dcgan_discriminator((32, 64, 128)),
    "batch_size": 64,
    "half_life": 10_000,
}

CONFIGURATIONS = {
    "tutorial": Configuration(
        title="DCGAN of the TensorFlow tutorial, 28x28",
        image_shape=(28, 28, 1),
        latent_dim=100,
        generator=[
            ("dense", 7 * 7 * 256, False),
            ("batch_norm",),
            ("leaky_relu", 0.3),
            ("reshape", 7, 7, 256),
            ("transposed", 128, 5, 1, False),
            ("batch_norm",),
            ("leaky_relu", 0.3),
            ("transposed", 64, 5, 2, False),
            ("batch_norm",),
            ("leaky_relu", 0.3),
            ("transposed", 1, 5, 2, False),
            ("tanh",),
        ],
        discriminator=[
            ("conv", 64, 5, 2, True),
            ("leaky_relu", 0.3),
            ("dropout", 0.3),
            ("conv", 128, 5, 2, True),
            ("leaky_relu", 0.3),
            ("dropout", 0.3),
            ("flatten",),
            ("dense", 1, True),
        ],
        loss="non_saturating",
        batch_size=128,
        learning_rate=1e-4,
        beta_1=0.9,
    ),
    "dcgan": Configuration(
        title="our default networks, 28x28, non-saturating, R1 in every eighth step",
        loss="non_saturating",
        r1=0.3,
        **DCGAN,
    ),
    "sngan": Configuration(
        title="residual SNGAN, 32x32, 64 channels, five critic steps",
        image_shape=(32, 32, 3),
        latent_dim=128,
        generator=[
            ("dense", 4 * 4 * 64, True),
            ("reshape", 4, 4, 64),
            *[("up_block", 64)] * 3,
            ("batch_norm",),
            ("relu",),
            ("conv", 3, 3, 1, True),
            ("tanh",),
        ],
        discriminator=[
            ("down_block", 64, True, False),
            ("down_block", 64, True, True),
            ("down_block", 64, False, True),
            ("down_block", 64, False, True),
            ("relu",),
            ("sum_pixels",),
            ("dense", 1, True),
        ],
        loss="hinge",
        batch_size=32,
        discriminator_steps=5,
        beta_1=0.0,
        beta_2=0.9,
        normalization="spectral_norm",
    ),
    "wgan_gp": Configuration(
        title="WGAN-GP, the same DCGAN, five critic steps",
        loss="wasserstein",
        gradient_penalty=10.0,
        discriminator_steps=5,
        learning_rate=1e-4,
        beta_1=0.0,
        beta_2=0.9,
        **DCGAN,
    ),
}

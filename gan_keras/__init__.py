"""gan_keras: generative adversarial networks for Keras 3 on TensorFlow.

    import gan_keras
    from gan_keras.networks import dcgan

    dataset = gan_keras.data.load("fashion_mnist_10k", batch_size=64)
    gan = gan_keras.GAN(dcgan.generator(), dcgan.discriminator(), moving_average=10_000)
    gan.compile()
    gan.fit(dataset, epochs=10)
    images = gan.sample(64)

Importing the package imports neither Keras nor TensorFlow: each part does when it is first used.
After it `keras.models.load_model` opens every file that gan_keras writes.
"""

import importlib
import os
import typing

from gan_keras import registration
from gan_keras.version import __version__

# For editors, which then know signatures; running it would load TensorFlow.
if typing.TYPE_CHECKING:
    from gan_keras import (  # noqa: F401
        augment,
        callbacks,
        corruptions,
        data,
        distances,
        images,
        kinds,
        latent_tools,
        latents,
        layers,
        losses,
        metrics,
        models,
        networks,
        pages,
        penalties,
        recipes,
        surrogates,
    )
    from gan_keras.models import (  # noqa: F401
        CUT,
        GAN,
        AdversarialModel,
        CycleGAN,
        Judge,
        MovingAverage,
        Pix2Pix,
    )

# Before TensorFlow is imported, or it has no effect: TensorFlow leaves oneDNN off on processors
# without AVX-512, where it makes the gradients of convolutions two to three times faster.
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "1")
registration.declare_with_keras()

MODULES = (
    "augment",
    "callbacks",
    "corruptions",
    "data",
    "distances",
    "images",
    "kinds",
    "latent_tools",
    "latents",
    "layers",
    "losses",
    "metrics",
    "models",
    "networks",
    "pages",
    "penalties",
    "recipes",
    "surrogates",
)
CLASSES = (
    "AdversarialModel",
    "CUT",
    "CycleGAN",
    "GAN",
    "Judge",
    "MovingAverage",
    "Pix2Pix",
)

__all__ = [*CLASSES, *MODULES, "__version__"]


def __getattr__(name):
    if name in MODULES:
        return importlib.import_module(f"gan_keras.{name}")
    if name in CLASSES:
        return getattr(importlib.import_module("gan_keras.models"), name)
    raise AttributeError(f"module 'gan_keras' has no attribute '{name}'")


def __dir__():
    return sorted(__all__)

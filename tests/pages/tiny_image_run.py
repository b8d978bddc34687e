"""A trained run of images 8x8, in seconds."""

import numpy as np

from gan_keras import recipes
from gan_keras.running.training import Training


def images():
    """uint8 (60, 8, 8): what it is trained on."""
    return np.random.default_rng(0).integers(0, 256, (60, 8, 8), dtype="uint8")


def made(folder):
    """The `runs.Run`, conditional on three classes, after three steps."""
    path = folder / "images.npz"
    np.savez(path, x=images()[..., None], y=np.arange(60) % 3)
    recipe = recipes.get("fashion_mnist_conditional").with_settings(
        {
            "data": str(path),
            "network": "mlp",
            "generator.widths": (4,),
            "discriminator.widths": (4,),
            "batch_size": 20,
            "epochs": 1,
        }
    )
    training = Training(recipe)
    run = training.start(folder / "run")
    training.run(run)
    return run

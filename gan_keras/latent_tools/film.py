"""A film: walks from sample to sample that end where they began."""

import numpy as np

from gan_keras import images
from gan_keras.latent_tools.pictures import check_images
from gan_keras.latents import path
from gan_keras.models import validation


def film(
    model, *, num_stops=6, num_steps=16, num_walks=9, labels=None, seed=None, method=None
) -> np.ndarray:
    """Frames of a film, each a grid of one sample from each walk.

    Args:
        model: a trained model that samples images, such as a `GAN`.
        num_stops: latents that a walk passes, the last leading back to the first.
        num_steps: frames from one stop to the next.
        num_walks: walks side by side, the cells of the grid.
        labels: for a conditional model, an integer for all or one for each walk (num_walks,); None
            for the classes in turn.
        seed: integer; the same seed draws the same stops. None for fresh ones.
        method: "spherical" or "linear". Defaults to what suits the model's prior.

    Returns:
        uint8 array (num_stops * num_steps, height, width, channels), for `images.save_gif`.

    Raises:
        ValueError: a count below 1, an unknown method, or samples that are no images.
    """
    validation.check_positive_integers(
        num_stops=num_stops, num_steps=num_steps, num_walks=num_walks
    )
    check_images(model, "A film")
    between = path(method, model.prior)
    stops = model.latents(num_stops * num_walks, seed=seed).reshape(num_stops, num_walks, -1)
    frames = []
    for start, end in zip(stops, np.roll(stops, -1, axis=0), strict=True):
        for position in np.arange(num_steps) / num_steps:
            latents = [between(a, b, position) for a, b in zip(start, end, strict=True)]
            frames.append(images.grid(model.decode(np.stack(latents), labels=labels)))
    return np.stack(frames)

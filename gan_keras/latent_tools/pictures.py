"""Arrays of samples in rows, as pictures."""

import numpy as np

from gan_keras import images, kinds

PAIRS = 10  # in a row


def check_images(model, what):
    """Raises ValueError unless a model's samples are images, which alone can be looked at."""
    if not isinstance(model.kind, kinds.Images):
        raise ValueError(
            f"{what} shows images (height, width, channels). Received samples of shape: "
            f"{model.sample_shape}."
        )


def rows(samples):
    """A grid, uint8 (H, W, c), of samples (..., columns, h, w, c) in [-1, 1]."""
    columns = samples.shape[-4]
    return images.grid(samples.reshape(-1, *samples.shape[-3:]), columns=columns)


def seen(picture, scale=None):
    """A grid enlarged `scale` times; None for as much as a screen wants."""
    return images.enlarged(picture, scale or images.suitable_scale(*picture.shape[:2]))


def pairs(above, below):
    """A grid, uint8 (H, W, c), with each image of `above` over its counterpart in `below`.

    Args:
        above, below: float arrays (num, h, w, c) in [-1, 1]; ten pairs make a row.
    """
    columns = min(PAIRS, len(above))
    missing = -len(above) % columns
    white = np.ones((missing, *above.shape[1:]), "float32")
    both = [
        np.concatenate([part, white]).reshape(-1, columns, *part.shape[1:])
        for part in (above, below)
    ]
    return rows(np.stack(both, axis=1))

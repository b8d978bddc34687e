"""Where the two garments of a clip are."""

import numpy as np

FLOOR = 16.0  # of 255: darker is background, however much of it there is


def centres(clips):
    """Where two bodies are in clips: the red one, and the cyan one.

    The centre of mass of a channel, of what is brighter than 16 of 255; green and blue together are
    cyan. Bodies may lie over each other: light adds up, and each stays whole in its own colour.
    The centre of a frame without a body is the middle of the frame.

    Args:
        clips: uint8 (n, t, h, w, 3).

    Returns:
        float64 (n, t, 2, 2): for each body its (y, x) in pixels, that of the first pixel 0.
    """
    num, steps, height, width, channels = clips.shape
    if channels != 3:
        raise ValueError(f"Bodies are told by colour, but clips have {channels} channels, not 3.")
    found = np.empty((num, steps, 2, 2))
    for body, chosen in enumerate((slice(0, 1), slice(1, 3))):
        light = clips[..., chosen].mean(axis=-1, dtype="float64")  # (n, t, h, w)
        light = np.maximum(light - FLOOR, 0.0)
        mass = light.sum(axis=(-2, -1))
        for axis, size in enumerate((height, width)):
            profile = light.sum(axis=-1 - axis)  # over the other axis
            moment = profile @ np.arange(size, dtype="float64")
            middle = (size - 1) / 2
            found[..., body, axis] = np.divide(
                moment, mass, out=np.full_like(mass, middle), where=mass > 0
            )
    return found

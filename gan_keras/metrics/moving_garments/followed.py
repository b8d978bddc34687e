"""Bodies cut out of clips, wherever they are: what is left of a clip without its motion."""

import numpy as np

from gan_keras.metrics.moving_garments.centres import centres


def followed(clips, room):
    """Both bodies of each clip at the centre of pictures of their own, twice as large.

    Args:
        clips: uint8 (n, t, side, side, 3), a red and a cyan body of `side - room` pixels.
        room: pixels of the way that each body has.

    Returns:
        uint8 (2 n, t, 2 size, 2 size, 1), size = side - room: all red ones, then all cyan ones.
    """
    num, steps, side = clips.shape[:3]
    size = side - room
    corners = np.rint(centres(clips) - (size - 1) / 2).astype(int) + size  # of the padded
    rows, frames = np.arange(num)[:, None, None, None], np.arange(steps)[:, None, None]
    box, found = np.arange(size), []
    for body, channels in enumerate((slice(0, 1), slice(1, 3))):
        light = np.rint(clips[..., channels].mean(axis=-1)).astype("uint8")
        light = np.pad(light, ((0, 0), (0, 0), (size, size), (size, size)))
        down = corners[:, :, body, 0, None, None] + box[:, None]
        right = corners[:, :, body, 1, None, None] + box
        found.append(light[rows, frames, down, right])  # (n, t, size, size)
    bodies = np.concatenate(found)[..., None]
    return bodies.repeat(2, axis=2).repeat(2, axis=3)

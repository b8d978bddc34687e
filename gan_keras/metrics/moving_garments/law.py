"""How far bodies are from where a law of motion has them: even motion that bounces off walls."""

import numpy as np

from gan_keras.data.moving_garments import bounced
from gan_keras.metrics.moving_garments.centres import centres

FASTEST = 3.0  # pixels a frame along one axis
# Steps of the search in velocity and place, each around the best of the one before.
GRIDS = ((0.05, 0.25), (0.01, 0.05), (0.002, 0.01))
AT_ONCE = 128  # tracks, which bounds the memory


def law_residuals(clips, room):
    """Root mean square distance, for each clip, of two bodies from the nearest lawful motion.

    Bodies are followed by their centres of mass (`centres`). For each of them, along
    each axis, the law has a velocity, a place to start, and how far the body's centre is from its
    border, which a body of `side - room` pixels holds inside: those three that fit all frames best.

    When to use it: beside the same of real clips, which are drawn at whole pixels, and so are not
    at 0. A body that lies still obeys the law, too: see the distance of changes.

    Args:
        clips: uint8 (n, t, side, side, 3), a red and a cyan body.
        room: pixels of the way that each body has.

    Returns:
        float64 (n,), pixels.
    """
    places = centres(clips)  # (n, t, 2, 2)
    num, steps = places.shape[:2]
    tracks = places.transpose(0, 2, 3, 1).reshape(-1, steps)
    size = clips.shape[2] - room
    squares = np.concatenate(
        [
            _least_squares(tracks[start : start + AT_ONCE], room, size)
            for start in range(0, len(tracks), AT_ONCE)
        ]
    )
    # Over frames and bodies; the two axes of one body add up.
    return np.sqrt(squares.reshape(num, -1).sum(axis=1) / (2 * steps))


def _least_squares(tracks, room, size):
    """Least sums of squares (n,) of tracks (n, t) from the law, over all that is free in it."""
    velocities = np.arange(0, FASTEST + 1e-9, GRIDS[0][0])  # a turn of the start is the other way
    starts = np.arange(0, 2 * room, GRIDS[0][1])
    candidates = np.stack(np.meshgrid(velocities, starts), axis=-1).reshape(1, -1, 2)
    squares = _squares(tracks, candidates, room, size)
    best = candidates[0, squares.argmin(axis=1)]  # (n, 2)
    around = np.stack(np.meshgrid(np.arange(-6, 7), np.arange(-6, 7)), axis=-1).reshape(-1, 2)
    for steps in GRIDS[1:]:
        candidates = best[:, None, :] + around * steps
        squares = _squares(tracks, candidates, room, size)
        best = candidates[np.arange(len(tracks)), squares.argmin(axis=1)]
    return squares.min(axis=1)


def _squares(tracks, candidates, room, size):
    """Sums of squares (n, k) of tracks (n, t) from candidates (n or 1, k, 2), offset free in size.

    |y - m - c|^2 is least at c = mean(y - m); where that is no place inside the body, at the
    nearest that is.
    """
    frames = np.arange(tracks.shape[1])
    lawful = bounced(candidates[..., 1:] + candidates[..., :1] * frames, room)
    offsets = tracks.mean(axis=1)[:, None] - lawful.mean(axis=-1)
    tracks = tracks - tracks.mean(axis=1, keepdims=True)
    lawful = lawful - lawful.mean(axis=-1, keepdims=True)
    if len(candidates) == 1:
        products = tracks @ lawful[0].T
    else:
        products = (lawful @ tracks[..., None])[..., 0]
    found = (tracks**2).sum(axis=1)[:, None] - 2 * products + (lawful**2).sum(axis=-1)
    outside = offsets - offsets.clip(0, size - 1)
    return np.maximum(found, 0.0) + tracks.shape[1] * outside**2

"""Two garments that move in a frame: made of the bundled ones, by a law that is known exactly."""

import numpy as np

from gan_keras import kinds
from gan_keras.data import bundled
from gan_keras.data.source import Source

SIDE = 28  # of a frame
NUM_FRAMES = 16
NUM_CLIPS = {"train": 2_000, "test": 500}
NUM_HELD_OUT = 100  # garments of each class: those that only the test split shows
SPEEDS = (0.5, 2.5)  # pixels a frame
EXTRACTOR = "fashion_mnist_classifier_by_channel"


def moving_garments(*, split="train"):
    """2,000 clips for training and 500 for testing, uint8 (16, 28, 28, 3), of other garments each.

    A red and a cyan garment of half their size, 14x14, lie on black; where both are, light adds up
    to white. Each moves evenly, with a speed in [0.5, 2.5) pixels a frame in any direction, and
    bounces off the borders of the frame without loss; see `bounced`. It is drawn at the
    nearest whole pixel. The same split is always the same clips.

    Made of `fashion_mnist_10k`: Xiao, Rasul, Vollgraf (2017), arXiv:1708.07747, MIT licence; after
    the moving digits of Srivastava, Mansimov, Salakhutdinov (2015), arXiv:1502.04681, section 3.1.

    Raises:
        ValueError: another split.
    """
    if split not in NUM_CLIPS:
        raise ValueError(f"'moving_garments' has no split '{split}'. Take 'train' or 'test'.")
    source = bundled.fashion_mnist_10k()
    places = [np.flatnonzero(source.labels == label) for label in range(source.num_classes)]
    part = slice(-NUM_HELD_OUT) if split == "train" else slice(-NUM_HELD_OUT, None)
    garments = source.samples[np.concatenate([own[part] for own in places])]
    clips = drawn(halved(garments), NUM_CLIPS[split], seed=list(NUM_CLIPS).index(split))
    return Source(
        name="moving_garments",
        samples=clips,
        kind=kinds.Videos(shape=clips.shape[1:]),
        extractor=EXTRACTOR,
        own_scores="moving_garments",
    )


def halved(garments):
    """Images uint8 (n, 2 s, 2 s, 1) at half their size, (n, s, s): means of four pixels."""
    num, side, *_ = garments.shape
    fours = garments.reshape(num, side // 2, 2, side // 2, 2)
    return np.rint(fours.mean(axis=(2, 4))).astype("uint8")


def drawn(garments, num, *, num_frames=NUM_FRAMES, side=SIDE, seed=0):
    """Clips of garments that move by the law.

    Args:
        garments: uint8 (m, s, s).
        num: how many clips.
        num_frames: of each.
        side: of a frame, above s.
        seed: of garments, places and velocities.

    Returns:
        uint8 (num, num_frames, side, side, 3).
    """
    random = np.random.default_rng(seed)
    size = garments.shape[-1]
    room = side - size  # the way that a garment has
    clips = np.zeros((num, num_frames, side, side, 3), "uint8")
    rows = np.arange(num)[:, None, None, None]
    steps = np.arange(num_frames)
    box = np.arange(size)
    for channels in (slice(0, 1), slice(1, 3)):
        chosen = garments[random.integers(len(garments), size=num)]  # (num, s, s)
        start = random.uniform(0, room, (num, 2, 1))
        angle, speed = random.uniform(0, 2 * np.pi, num), random.uniform(*SPEEDS, num)
        velocity = (speed * np.stack([np.sin(angle), np.cos(angle)])).T[..., None]
        places = np.rint(bounced(start + velocity * steps, room)).astype(int)
        top = places[:, 0, :, None, None] + box[:, None]  # (num, t, s, 1)
        left = places[:, 1, :, None, None] + box
        clips[rows, steps[:, None, None], top, left, channels] = chosen[:, None, :, :, None]
    return clips


def bounced(places, room):
    """Places in [0, room] of points that would be at `places`, were there no walls.

    p -> room - |p mod 2 room - room|: even motion, reflected without loss at 0 and at `room`.

    Args:
        places: floats.
        room: length of the way between the walls, above 0.
    """
    return room - np.abs(np.mod(places, 2 * room) - room)

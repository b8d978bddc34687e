"""Two-dimensional toys whose modes are known: a ring of 8 Gaussians and a grid of 25.

The protocol of PacGAN (Lin, Khetan, Fanti, Oh, 2018, arXiv:1712.04086), which follows VEEGAN
(Srivastava et al., 2017, arXiv:1705.07761).
"""

import numpy as np

from gan_keras.data.source import Modes, Source

NUM_SAMPLES = 100_000
SEEDS = {"train": 0, "test": 1}

_ANGLES = 2 * np.pi * np.arange(8) / 8
_TICKS = 0.5 * np.arange(-2, 3)

RING = Modes(np.stack([np.cos(_ANGLES), np.sin(_ANGLES)], axis=1).astype("float32"), 0.01)
GRID = Modes(
    np.stack(np.meshgrid(_TICKS, _TICKS), axis=-1).reshape(25, 2).astype("float32"), 0.0125
)


def ring(*, split="train"):
    """Eight Gaussians of sigma 0.01 on a circle of radius 1; the label is the mode."""
    return _draw("ring", RING, split)


def grid(*, split="train"):
    """Twenty-five Gaussians of sigma 0.0125, 0.5 apart, around 0; the label is the mode."""
    return _draw("grid", GRID, split)


def _draw(name, modes, split):
    """Equally many samples of each mode, the same ones every time."""
    if split not in SEEDS:
        raise ValueError(f"'{name}' has no split '{split}'. Take 'train' or 'test'.")
    random = np.random.default_rng(SEEDS[split])
    labels = np.arange(NUM_SAMPLES) % len(modes.centres)
    noise = random.standard_normal((NUM_SAMPLES, 2))
    samples = (modes.centres[labels] + modes.sigma * noise).astype("float32")
    names = [f"mode {mode}" for mode in range(len(modes.centres))]
    return Source(name=name, samples=samples, labels=labels, class_names=names, modes=modes)

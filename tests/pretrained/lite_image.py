"""The images that both sides of the comparison see, and what of each tap is written down.

Needs numpy alone: benchmarks/making/reference_lite.py imports it beside PyTorch, the tests beside
TensorFlow.
"""

import numpy as np

# What each was trained on, and a small one whose maps are odd where those are odd: PyTorch's
# package pads all images as it pads the first size.
SIZES = {"lite0": (224, 64), "lite2": (260, 68)}


def made(size):
    """A uint8 image (size, size, 3) in whole numbers: rings cut by a chessboard of 8 pixels."""
    y, x, c = np.ogrid[:size, :size, :3]
    rings = (3 * y * y + x * x) // size
    return ((rings + 40 * c + 64 * ((y // 8 + x // 8) % 2)) % 256).astype("uint8")


def summary(tap):
    """(shape, mean of magnitudes, every so many values in a row, at most 16)."""
    flat = np.asarray(tap, "float64").ravel()
    return [list(np.shape(tap)), float(np.abs(flat).mean()), flat[:: len(flat) // 16 + 1].tolist()]

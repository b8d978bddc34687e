"""Names of all scores that `gan-keras evaluate` knows, without loading TensorFlow."""

from gan_keras.metrics import METRICS, PAIRED
from gan_keras.spelling import nearest

PERCEPTUAL = {"perceptual": "lite0", "perceptual_lite2": "lite2"}
"""Perceptual distances, and whose eyes they have."""

OF_TRANSLATORS = (*PAIRED, *PERCEPTUAL, "steganography")
"""What a translator can be scored by, beside `metrics.METRICS`."""


def check(names):
    """Raises ValueError for a name that is no score."""
    known = (*METRICS, *OF_TRANSLATORS)
    for name in names:
        if name not in known:
            raise ValueError(f"Unknown metric '{name}'.{nearest(name, known)}")


def parted(names):
    """Two lists: the scores of features, and those of a translator alone."""
    return (
        [name for name in names if name in METRICS],
        [name for name in names if name not in METRICS],
    )

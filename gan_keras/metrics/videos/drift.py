"""Whether what a clip shows stays itself while it moves."""

import numpy as np


def identity_drift(features, real):
    """How far frames are from their clip's own mean, in parts of how far real frames are from all.

    mean over clips and frames of |f - mean of the clip|^2 / mean over real frames of |f - mean of
    all|^2. When to use it: beside the same of real clips, whose features move, too, if they depend
    on places. Clips that change what they show come near 1, or above; frozen ones have 0, as have
    those whose frames are all alike, so look at the distance of changes as well.

    Args:
        features: floats (n, t, features), of the frames of n clips.
        real: the same of real clips, of any number.

    Returns:
        float, at least 0.

    Raises:
        ValueError: real frames that are all alike.

    Example:
        >>> identity_drift([[[0.0], [2.0]], [[4.0], [6.0]]], [[[0.0], [2.0]], [[4.0], [6.0]]])
        0.2
    """
    features, real = np.asarray(features, "float64"), np.asarray(real, "float64")
    inside = features - features.mean(axis=1, keepdims=True)
    around = real - real.mean(axis=(0, 1))
    spread = (around**2).sum(axis=-1).mean()
    if spread == 0:
        raise ValueError("All real frames have the same features, so nothing can drift from them.")
    return float((inside**2).sum(axis=-1).mean() / spread)

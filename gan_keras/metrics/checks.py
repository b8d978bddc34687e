"""What every score asks of its features before it computes anything."""

import numpy as np


def features(samples, name):
    """Features as an array (num, features) of floats, at least two rows, all finite.

    Args:
        samples: (num, features), any real type; float32 and float64 are not copied.
        name: str, what the argument is called.

    Raises:
        ValueError: another rank, fewer than two samples, or NaN or infinite features.
    """
    samples = np.asarray(samples)
    if samples.dtype not in (np.float32, np.float64):
        samples = samples.astype("float64")
    if samples.ndim != 2 or not samples.shape[1]:
        raise ValueError(
            f"`{name}` must be features (num, features). Received: shape {samples.shape}. "
            "Flatten images, or pass them through an extractor first."
        )
    if len(samples) < 2:
        raise ValueError(f"`{name}` must hold at least 2 samples. Received: {len(samples)}.")
    # A sum is finite where all of its terms are; only otherwise is every element looked at.
    with np.errstate(over="ignore", invalid="ignore"):
        finite = np.isfinite(samples.sum())
    if not finite and not np.isfinite(samples).all():
        bad = int((~np.isfinite(samples).all(axis=1)).sum())
        raise ValueError(
            f"`{name}` holds NaN or infinite features in {bad} of {len(samples)} samples. "
            "Look at the images they came from."
        )
    return samples


def pair(first, second, names=("real", "fake")):
    """Two sets of features, checked, and of one width.

    Raises:
        ValueError: see `features`; or the widths differ.
    """
    first, second = features(first, names[0]), features(second, names[1])
    same_width(first.shape[1], second.shape[1], names)
    return first, second


def same_width(first, second, names=("real", "fake")):
    """Raise unless both widths are the same."""
    if first != second:
        raise ValueError(
            f"`{names[0]}` has {first} features but `{names[1]}` has {second}. "
            "Use the same extractor and the same image size for both."
        )


def neighbours(k, **sets):
    """Raise unless every set has a k-th neighbour beside each sample itself."""
    if k < 1:
        raise ValueError(f"`k` must be at least 1. Received: {k}.")
    for name, samples in sets.items():
        if len(samples) <= k:
            raise ValueError(
                f"`k` (={k}) must be less than the number of samples in `{name}` "
                f"(={len(samples)}): a sample is not its own neighbour. "
                "Score more samples or lower `k`."
            )

"""Fréchet distance extrapolated to endless samples (FID at infinity)."""

import numpy as np

from gan_keras.metrics import checks
from gan_keras.metrics.frechet import frechet_distance


def frechet_distance_infinity(real, fake, *, num_points=15, smallest=None, seed=0):
    """The Fréchet distance that endlessly many fake samples would have.

    When to use it: to compare scores that were made with different numbers of samples. The bias of
    FID falls as 1 / num; a line through the distances of growing random subsets of `fake` is read
    off at 1 / num = 0. The bias from the number of real samples stays.

    Source: Chong & Forsyth (2020), arXiv:1911.07023, section 3.

    Args:
        real: features (num, features), or `Moments`.
        fake: features (num, features).
        num_points: int, how many subset sizes, at least 3. Defaults to 15.
        smallest: int, the smallest subset. Defaults to a tenth of `fake`, and at least twice its
            width.
        seed: int, of the subsets. Defaults to 0.

    Returns:
        (value, std): the intercept, in squared feature units, lower is better (it may fall slightly
        below 0), and its standard error from the fit.

    Raises:
        ValueError: too few samples to extrapolate from.
    """
    fake = checks.features(fake, "fake")
    smallest = check(fake.shape[1], len(fake), num_points=num_points, smallest=smallest)
    random = np.random.default_rng(seed)
    sizes = np.linspace(smallest, len(fake), num_points).astype(int)
    distances = [
        frechet_distance(real, fake[random.choice(len(fake), size, replace=False)])
        for size in sizes
    ]
    design = np.stack([1.0 / sizes, np.ones(num_points)], axis=1)
    line, *_ = np.linalg.lstsq(design, np.array(distances), rcond=None)
    left = np.array(distances) - design @ line
    variance = left @ left / (num_points - 2) * np.linalg.inv(design.T @ design)[1, 1]
    return float(line[1]), float(np.sqrt(variance))


def check(width, num, *, num_points=15, smallest=None):
    """How large the smallest subset is.

    Raises:
        ValueError: so many samples of so many features are too few.
    """
    smallest = smallest or max(num // 10, 2 * width)
    if num_points < 3 or smallest >= num:
        raise ValueError(
            f"'fid_infinity' takes at least 3 subsets of more than {smallest:,} samples. Received: "
            f"num_points={num_points} and {num:,} samples of {width:,} features. Score more "
            "samples, or leave 'fid_infinity' out."
        )
    return smallest

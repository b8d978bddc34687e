"""Precision, recall, density and coverage: is each sample inside the other set's manifold?"""

import numpy as np

from gan_keras.metrics import checks
from gan_keras.metrics.neighbours import MAX_BYTES, Screen, squared_radii


def precision_recall(real, fake, k=3, *, max_bytes=MAX_BYTES):
    """Improved precision (fidelity) and recall (diversity), each a share in [0, 1].

    When to use it: beside FID, to see which of the two moved. One outlier's wide ball can raise
    either; density and coverage are harder to fool.

    Precision is the share of fakes within the ball of any real sample, recall the share of reals
    within the ball of any fake. A ball reaches to its sample's k-th neighbour in its own set and is
    closed (`<=`), as in the paper and in torch-fidelity 0.4.

    Source: Kynkäänniemi et al. (2019), arXiv:1904.06991, equations 1 and 2.

    Args:
        real: features (num, features).
        fake: features (num, features).
        k: int. Defaults to 3, as in the paper (prdc's default is 5: those scores do not compare).
        max_bytes: int, memory for blocks of distances. Defaults to 256 MiB.

    Returns:
        {"precision": float, "recall": float}; higher is better.

    Raises:
        ValueError: no more than k samples, different widths, NaN or infinite features.

    Example:
        >>> precision_recall([[0.0], [1.0], [2.0]], [[0.5], [9.0], [10.0]], k=1)
        {'precision': 0.3333333333333333, 'recall': 1.0}
    """
    return manifold_scores(real, fake, precision_k=k, density_k=None, max_bytes=max_bytes)


def density_coverage(real, fake, k=5, *, max_bytes=MAX_BYTES):
    """Density (fidelity, at least 0, about 1 when equal) and coverage (diversity, in [0, 1]).

    When to use it: as precision and recall, when there are outliers among the real samples.

    Density is the mean number of real balls a fake lies in, over k; coverage the share of real
    balls with a fake in them. Balls reach to the k-th real neighbour and are open (`<`), as in the
    authors' prdc: a copy of the real set then has a density of exactly 1.

    Source: Naeem et al. (2020), arXiv:2002.09797, equations 6 and 7.

    Args:
        real: features (num, features).
        fake: features (num, features).
        k: int. Defaults to 5, as in the paper.
        max_bytes: int, memory for blocks of distances. Defaults to 256 MiB.

    Returns:
        {"density": float, "coverage": float}; higher is better.

    Raises:
        ValueError: no more than k real samples, different widths, NaN or infinite features.

    Example:
        >>> density_coverage([[0.0], [1.0], [3.0]], [[0.5], [9.0]], k=1)
        {'density': 1.0, 'coverage': 0.6666666666666666}
    """
    return manifold_scores(real, fake, precision_k=None, density_k=k, max_bytes=max_bytes)


def manifold_scores(real, fake, precision_k=3, density_k=5, *, max_bytes=MAX_BYTES):
    """All four scores in one pass over the distances; see `precision_recall`, `density_coverage`.

    Args:
        real: features (num, features).
        fake: features (num, features).
        precision_k: int, or None to leave out precision and recall. Defaults to 3.
        density_k: int, or None to leave out density and coverage. Defaults to 5.
        max_bytes: int, memory for blocks of distances. Defaults to 256 MiB.

    Returns:
        A dict of floats by name.
    """
    real, fake = checks.pair(real, fake)
    if precision_k is not None:
        checks.neighbours(precision_k, real=real, fake=fake)
    if density_k is not None:
        checks.neighbours(density_k, real=real)
    ks = sorted({k for k in (precision_k, density_k) if k is not None})
    radii = dict(zip(ks, squared_radii(real, ks, max_bytes=max_bytes), strict=True))
    screen = Screen(real, fake, max_bytes)
    fake_inside, real_inside, covered = np.zeros((3, max(len(real), len(fake))), bool)
    hits = 0
    if precision_k is not None:
        [fake_radii] = squared_radii(fake, [precision_k], max_bytes=max_bytes)
    for rows in screen.rows():
        left = screen.left_block(rows)
        for columns in screen.columns():
            lower = screen.lower_bounds(left, columns)  # (real, fake)
            place = (lower, rows.start, columns.start)
            if precision_k is not None:
                _, j = screen.within(*place, left_radii=radii[precision_k])
                fake_inside[j] = True
                i, _ = screen.within(*place, right_radii=fake_radii)
                real_inside[i] = True
            if density_k is not None:
                i, _ = screen.within(*place, left_radii=radii[density_k], closed=False)
                covered[i] = True
                hits += len(i)
    scores = {}
    if precision_k is not None:
        scores["precision"] = float(fake_inside[: len(fake)].mean())
        scores["recall"] = float(real_inside[: len(real)].mean())
    if density_k is not None:
        scores["density"] = hits / (density_k * len(fake))
        scores["coverage"] = float(covered[: len(real)].mean())
    return scores

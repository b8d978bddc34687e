"""How many different samples a set is worth, and how far two sets are apart, for small sets."""

import numpy as np


def distances(left, right):
    """Euclidean distances (len(left), len(right)), float64."""
    left, right = np.asarray(left, "float64"), np.asarray(right, "float64")
    squares = (left**2).sum(axis=1)[:, None] + (right**2).sum(axis=1) - 2 * left @ right.T
    return np.sqrt(np.maximum(squares, 0))


def bandwidth(features):
    """A quarter of the median distance between samples: nearer ones count as much alike."""
    between = distances(features, features)[np.triu_indices(len(features), 1)]
    return float(np.median(between) / 4) or 1.0


def effective_number(features, width):
    """How many clearly different samples the set is worth: between 1 and its size.

    The Vendi score: the exponential of the entropy of the eigenvalues of the similarity matrix over
    its size (Friedman & Dieng, 2022, arXiv:2210.02410, definition 3.1), here with Gaussian
    similarities.

    Args:
        features: (num, features).
        width: distance at which the similarity is exp(-1/2), see `bandwidth`.
    """
    similarity = np.exp(-0.5 * (distances(features, features) / width) ** 2) / len(features)
    eigenvalues = np.linalg.eigvalsh(similarity)
    eigenvalues = eigenvalues[eigenvalues > 1e-12]
    return float(np.exp(-(eigenvalues * np.log(eigenvalues)).sum()))


def energy_distance(real, fake):
    """How different two sets are: 0 for the same distribution, up to 1 for two separate points.

    The energy coefficient (Székely & Rizzo, 2013, doi:10.1016/j.jspi.2013.03.018), its expectations
    without the pairs of a sample with itself; for equal distributions it is around 0, below too.
    """
    between = 2 * distances(real, fake).mean()
    if not between:
        return 0.0
    n, m = len(real), len(fake)
    within_real = distances(real, real).sum() / (n * (n - 1))
    within_fake = distances(fake, fake).sum() / (m * (m - 1))
    return float((between - within_real - within_fake) / between)


def share_above(left, right):
    """Probability that a number of `left` is larger than one of `right`; ties count half."""
    left, right = np.ravel(left)[:, None], np.ravel(right)
    return float((left > right).mean() + 0.5 * (left == right).mean())

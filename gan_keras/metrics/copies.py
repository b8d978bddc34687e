"""Copies of training samples: to the byte, and nearly."""

import numpy as np

from gan_keras.metrics import checks
from gan_keras.metrics.neighbours import nearest_neighbours, squared_radii

NEIGHBOURS = 50
SHARE = 0.01  # of the training samples themselves
BLOCK = 256  # samples at once


def exact_copies(samples, others):
    """Which samples equal one of others to the byte.

    Args:
        samples: (n, ...).
        others: (m, ...), of the same form and type.

    Returns:
        bool (n,).

    Example:
        >>> exact_copies(np.array([[1, 2], [3, 4]]), np.array([[3, 4], [5, 6]]))
        array([False,  True])
    """
    samples, others = np.ascontiguousarray(samples), np.ascontiguousarray(others)
    known = {row.tobytes() for row in others}
    return np.array([row.tobytes() in known for row in samples], bool)


def near_copies(fake, train):
    """Which samples are copies of one training sample, or nearly.

    When to use it: beside the same share of held-out samples, wherever no generated number equals a
    stored one, as in sounds and films. How near is near differs from place to place, so a distance
    is measured by those around it: that to the nearest training sample over the mean of those to
    the 50 nearest. A sample is a near copy if this is at most what the closest 1% of the training
    samples have among each other. So about 1% of held-out samples are "copies", too; more if the
    data come in families. An exact copy always is. A smooth sample, which is near to all, is none.

    Source: Carlini et al. (2023), arXiv:2301.13188, section 5.1 (50 neighbours; their threshold is
    a number that was chosen by eye, here it comes from the training data).

    Args:
        fake: features (num, features).
        train: features of the training samples, three or more.

    Returns:
        bool (num,).

    Raises:
        ValueError: too few samples, different widths, NaN or infinite features.
    """
    fake, train = checks.pair(fake, train, ("fake", "train"))
    checks.neighbours(2, train=train)
    num = min(NEIGHBOURS, len(train) - 1)
    own = np.sqrt(np.stack(squared_radii(train, range(1, num + 1)), axis=1))
    limit = np.quantile(_crowded(own[:, 0], own.mean(axis=1)), SHARE, method="lower")
    _, nearest = nearest_neighbours(fake, train)
    return _crowded(nearest, _mean_distance(fake, train, num)) <= limit


def _crowded(nearest, mean):
    """The nearest distance in units of the mean one; 0 for copies, of however many."""
    return np.divide(nearest, mean, out=np.zeros_like(nearest), where=nearest > 0)


def _mean_distance(samples, among, num):
    """float64 (n,): mean distance to the `num` nearest."""
    centre = among.mean(axis=0, dtype="float64")
    among = among - centre
    norms = np.einsum("ij,ij->i", among, among)
    found = []
    for start in range(0, len(samples), BLOCK):
        part = samples[start : start + BLOCK] - centre
        squares = np.einsum("ij,ij->i", part, part)[:, None] - 2 * part @ among.T + norms
        nearest = np.partition(squares, num - 1, axis=1)[:, :num]
        found.append(np.sqrt(np.maximum(nearest, 0.0)).mean(axis=1))
    return np.concatenate(found)

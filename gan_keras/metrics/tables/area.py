"""The area under the ROC curve, with ties and weights."""

import numpy as np


def area(scores, positive, weights=None):
    """The chance that a positive row scores above a negative one; ties count half.

    When to use it: wherever a classifier's order of rows counts, and its threshold does not.

    Source: Hanley & McNeil (1982), Radiology 143:29 (the area is the Wilcoxon statistic).

    Args:
        scores: (num,).
        positive: bool (num,).
        weights: (num,), not negative. Defaults to ones.

    Returns:
        float in [0, 1]; 0.5 where one side is missing or weighs nothing.

    Example:
        >>> area([0.1, 0.2, 0.2, 0.3], [False, False, True, True])
        0.875
    """
    return Areas(scores, positive)(weights)


class Areas:
    """The same, of one order of rows with many weights: what a bootstrap asks.

    Args:
        scores: (num,).
        positive: bool (num,).
    """

    def __init__(self, scores, positive):
        self._different, self._ids = np.unique(np.asarray(scores, "float64"), return_inverse=True)
        self._positive = np.asarray(positive, bool)

    def __call__(self, weights=None):
        """The area under these weights."""
        weights = np.ones(len(self._ids)) if weights is None else np.asarray(weights, "float64")
        num = len(self._different)
        above = np.bincount(self._ids, np.where(self._positive, weights, 0.0), num)
        below = np.bincount(self._ids, np.where(self._positive, 0.0, weights), num)
        total = above.sum() * below.sum()
        if not total:
            return 0.5
        return float((above * (np.cumsum(below) - below / 2)).sum() / total)

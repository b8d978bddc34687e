"""How many different lines are there that nobody has trained on."""

import numpy as np


def novelty(fake, real):
    """Share of lines that are new: in no training, and told once.

    The number of different lines that no real one is, over the number of lines. The more are drawn,
    the more of them repeat: compare equally many.

    Args:
        fake: int (n, length).
        real: int (m, length), of the training.

    Returns:
        float in [0, 1].

    Example:
        >>> novelty([[0, 1], [1, 1], [1, 1], [2, 1]], [[0, 1]])
        0.5
    """
    fake = np.asarray(fake)
    known = set(map(tuple, np.asarray(real).tolist()))
    return len(set(map(tuple, fake.tolist())) - known) / len(fake)

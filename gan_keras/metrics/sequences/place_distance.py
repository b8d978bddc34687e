"""How far the symbols of two sets of sequences lie apart, place by place."""

import numpy as np


def place_distance(fake, real, num_symbols):
    """Total variation between the shares of symbols at each place, a mean over places.

    It says whether each symbol comes as often as it should where it should, and nothing about
    which come together.

    Args:
        fake, real: int (n, length), places in one vocabulary.
        num_symbols: its size.

    Returns:
        float in [0, 1]: 0 for equal shares everywhere.

    Example:
        >>> place_distance([[0, 1]], [[0, 0]], 2)
        0.5
    """
    shares = [
        (np.asarray(side)[..., None] == np.arange(num_symbols)).mean(axis=0)
        for side in (fake, real)
    ]
    return float(0.5 * np.abs(shares[0] - shares[1]).sum(axis=1).mean())

"""Motifs: symbols that stand at their place in nearly all real sequences of a class."""

import numpy as np

SHARE = 0.9  # of the real sequences, from which on a symbol is conserved


def conserved(real, *, share=SHARE):
    """The symbols that stand at one place in at least `share` of the sequences.

    Introns begin with GT and end with AG, for example, in whatever real ones there are.

    Args:
        real: int (n, length).
        share: in (0, 1].

    Returns:
        Dict from a place, counted from 0, to the symbol there; empty if nothing is conserved.

    Example:
        >>> conserved([[0, 1, 2], [3, 1, 2], [1, 1, 0]])
        {1: 1}
    """
    real = np.asarray(real)
    found = {}
    for place in range(real.shape[1]):
        symbols, counts = np.unique(real[:, place], return_counts=True)
        if counts.max() >= share * len(real):
            found[place] = int(symbols[counts.argmax()])
    return found


def share_with(samples, motif):
    """Share of sequences that have all symbols of a motif where they belong.

    Args:
        samples: int (n, length).
        motif: what `conserved` gave.

    Returns:
        float in [0, 1].
    """
    samples = np.asarray(samples)
    places, symbols = list(motif), list(motif.values())
    return float((samples[:, places] == symbols).all(axis=1).mean())

"""How far the shares of short words in two sets of sequences lie apart."""

import numpy as np


def kmer_divergence(fake, real, size, *, pad=None):
    """Jensen-Shannon divergence of the shares of words of `size` symbols, wherever they stand.

    JS = (KL(p || m) + KL(q || m)) / 2 with m = (p + q) / 2, in bits: 0 for equal shares, 1 for sets
    without a common word. Few sequences are apart by chance: compare with as many held-out ones.
    Lin, 1991, IEEE Transactions on Information Theory 37, equation 3.4.

    Args:
        fake, real: int (n, length), places in one vocabulary.
        size: how many symbols a word has.
        pad: the place of what fills sequences up, or None. Words with it do not count.

    Returns:
        float in [0, 1].

    Raises:
        ValueError: sequences are shorter than a word.

    Example:
        >>> kmer_divergence([[0, 1]], [[1, 0]], 1), kmer_divergence([[0, 1]], [[1, 0]], 2)
        (0.0, 1.0)
    """
    words = [_words(np.asarray(side), size, pad) for side in (fake, real)]
    known, places = np.unique(np.concatenate(words), axis=0, return_inverse=True)
    places = places.reshape(-1)
    cut = len(words[0])
    p, q = (
        np.bincount(side, minlength=len(known)) / len(side) for side in (places[:cut], places[cut:])
    )
    middle = (p + q) / 2
    return float((_relative_entropy(p, middle) + _relative_entropy(q, middle)) / 2)


def _words(rows, size, pad):
    """All words of `size` symbols, int (number, size)."""
    if rows.shape[1] < size:
        raise ValueError(
            f"Words of {size} symbols came to be counted in sequences of {rows.shape[1]}. Take "
            "shorter words."
        )
    windows = np.lib.stride_tricks.sliding_window_view(rows, size, axis=1).reshape(-1, size)
    if pad is not None:
        windows = windows[(windows != pad).all(axis=1)]
    if not len(windows):
        raise ValueError(f"No sequence has {size} symbols before its padding. Take shorter words.")
    return windows


def _relative_entropy(p, q):
    """KL(p || q) in bits, where q is nowhere 0 that p is not."""
    here = p > 0
    return float((p[here] * np.log2(p[here] / q[here])).sum())

"""How many edits lie between sequences and the nearest of others: whether they are copies."""

import numpy as np


def nearest_edits(samples, others, *, pad=None):
    """Edit distance of each sequence to the nearest of others.

    Edits are insertions, deletions and exchanges of a symbol (Levenshtein, 1966). All `others` are
    compared at once, a symbol of the sample at a time.

    Args:
        samples: int (n, length).
        others: int (m, length), of the training.
        pad: the place of what fills lines at their ends, which is no symbol of theirs; or None.

    Returns:
        int64 (n,): 0 for an exact copy.

    Example:
        >>> nearest_edits([[0, 1, 2]], [[1, 2, 3], [3, 3, 3]]).tolist()
        [2]
    """
    samples = np.asarray(samples)
    others = np.ascontiguousarray(np.unique(np.asarray(others), axis=0).T)  # (length, m)
    ends = np.full(others.shape[1], len(others)) if pad is None else (others != pad).sum(axis=0)
    (length, num), most = others.shape, len(others) + samples.shape[1]
    dtype = "int8" if most < 127 else "int32"
    alike = {symbol: (others == symbol).astype(dtype) for symbol in np.unique(samples)}
    found = []
    for sample in samples:
        # Edits less the place, so that putting in symbols costs nothing: a running minimum.
        row = np.zeros((length + 1, num), dtype)
        for symbol in sample if pad is None else sample[sample != pad]:
            new = row + row.dtype.type(1)  # the symbol is left out
            np.minimum(new[1:], row[:-1] - alike[symbol], out=new[1:])  # or kept, or exchanged
            for place in range(length):  # twenty times as fast as `accumulate` along columns
                np.minimum(new[place], new[place + 1], out=new[place + 1])
            row = new
        found.append(int((row[ends, np.arange(num)] + ends).min()))
    return np.array(found, "int64")

"""Lines with a mark at both ends, so that words which begin or end them count as such."""

import numpy as np


def framed(rows, num_symbols, pad):
    """Lines with a symbol before them and one after them, which no vocabulary has.

    Args:
        rows: int (n, length), padded from their ends on.
        num_symbols: size of the vocabulary: the beginning's place; the end's is the next.
        pad: the place of what fills lines.

    Returns:
        int64 (n, length + 2).

    Example:
        >>> framed([[0, 1, 9], [0, 1, 2]], 10, 9).tolist()
        [[10, 0, 1, 11, 9], [10, 0, 1, 2, 11]]
    """
    rows = np.pad(np.asarray(rows, "int64"), ((0, 0), (0, 1)), constant_values=pad)
    rows[np.arange(len(rows)), (rows == pad).argmax(axis=1)] = num_symbols + 1
    return np.pad(rows, ((0, 0), (1, 0)), constant_values=num_symbols)

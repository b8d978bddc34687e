"""How much lines are like each other: the BLEU of each against all the others."""

import collections

import numpy as np

SIZE = 4  # symbols of the longest words that are compared


def self_bleu(samples, *, size=SIZE, pad=None):
    """BLEU of each line, the others being its references; high where lines repeat each other.

    The geometric mean over words of 1 to `size` symbols of the share that some one reference has
    as often, times exp(1 - r / c) for a line of c symbols below the closest length r of a
    reference: Papineni et al., 2002, section 2; of samples among themselves Zhu et al., 2018
    (Texygen), arXiv:1802.01886. A line is never among its own references; an equal one is. Nothing
    is smoothed: a line is worth 0 if it shares no word of some size. Of a line with fewer symbols
    than `size`, words are as long as it is; an empty one is worth 0.

    Args:
        samples: int (n, length), two at least.
        size: symbols of the longest words. Defaults to 4.
        pad: the place of what ends and fills lines, or None.

    Returns:
        float64 (n,) in [0, 1].

    Raises:
        ValueError: fewer than two lines.

    Example:
        >>> self_bleu([[0, 1, 2, 3], [0, 1, 2, 3], [4, 5, 6, 7]]).tolist()
        [1.0, 1.0, 0.0]
    """
    rows = np.asarray(samples).tolist()
    if len(rows) < 2:
        raise ValueError(f"Lines are compared with others, but {len(rows)} came. Give two or more.")
    lines = [tuple(row[: row.index(pad)] if pad in row else row) for row in rows]
    lengths = np.array([len(line) for line in lines])
    logs = np.zeros(len(lines))
    with np.errstate(divide="ignore"):
        for order in range(1, size + 1):
            found = _precisions(lines, order)
            logs += np.where(lengths >= order, np.log(found), 0)
        scores = np.exp(logs / np.clip(lengths, 1, size))
    return np.where(lengths > 0, scores * _brevity(lengths), 0)


def _precisions(lines, order):
    """For each line the share of its words of one size that another line has as often."""
    counts = [
        collections.Counter(line[place : place + order] for place in range(len(line) - order + 1))
        for line in lines
    ]
    # The most that one line has of a word, which line that is, and the most that another has.
    most = {}
    for owner, own in enumerate(counts):
        for word, count in own.items():
            first, who, second = most.get(word, (0, None, 0))
            if count > first:
                most[word] = (count, owner, first)
            elif count > second:
                most[word] = (first, who, count)
    found = []
    for owner, own in enumerate(counts):
        shared = 0
        for word, count in own.items():
            first, who, second = most[word]
            shared += min(count, second if who == owner else first)
        found.append(shared / max(1, sum(own.values())))
    return np.array(found)


def _brevity(lengths):
    """exp(1 - r / c) where the closest other length r is more than c, else 1."""
    found = []
    counts = collections.Counter(lengths.tolist())
    for own in lengths.tolist():
        others = [length for length, count in counts.items() if count > (length == own)]
        closest = min(others, key=lambda length: (abs(length - own), length))
        found.append(min(1.0, np.exp(1 - closest / max(own, 1))))
    return np.array(found)

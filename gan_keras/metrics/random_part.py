"""Some samples of a stream, drawn at random: a set that is sorted by class loses none of them."""

import heapq

import numpy as np


class RandomPart:
    """At most `size` samples of a stream of unknown length, each with the same chance.

    Every sample draws a number; those with the lowest stay. Which ones they are hangs on the seed
    and the order of the stream, not on the blocks that it comes in.

    Args:
        size: int.
        seed: int.
    """

    def __init__(self, size, seed):
        self._size = size
        self._random = np.random.default_rng(seed)
        self._kept = []  # a heap of (minus the number, place in the stream, sample, label)
        self._count = 0

    def add(self, samples, labels=None):
        """Looks at a block (num, ...) and its labels (num,), or None."""
        for row, number in enumerate(self._random.random(len(samples))):
            full = len(self._kept) == self._size
            if not full or -number > self._kept[0][0]:
                label = None if labels is None else labels[row]
                item = (-number, self._count + row, np.array(samples[row]), label)
                (heapq.heapreplace if full else heapq.heappush)(self._kept, item)
        self._count += len(samples)

    def arrays(self):
        """(samples, labels) in the order of the stream; labels are None if any was missing."""
        kept = sorted(self._kept, key=lambda item: item[1])
        labels = [item[3] for item in kept]
        whole = None if any(label is None for label in labels) else np.array(labels)
        return np.stack([item[2] for item in kept]), whole

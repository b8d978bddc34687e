"""A language model that counts: how likely a line is, and lines drawn by it."""

import collections

import numpy as np


class NgramModel:
    """Shares of the next symbol by the symbols before it, with Witten and Bell's back-off.

    P(w | h) = (c(h w) + t(h) P(w | h')) / (c(h) + t(h)), where c counts, t(h) is how many different
    symbols came after h, and h' is h without its first symbol; below the empty h all symbols are
    equally likely. Witten and Bell, 1991, IEEE Transactions on Information Theory 37, method C, in
    the interpolated form of Chen and Goodman, 1998, section 2.3.

    A line begins with a mark of its own, and its end is a symbol, unless it is as long as lines can
    be.

    Args:
        rows: int (n, length), the lines that it learns from.
        num_symbols: size of the vocabulary.
        order: how many symbols a word that is counted has; 3 for a trigram model.
        pad: the place of what ends and fills lines, or None.

    Raises:
        ValueError: an order below 1.
    """

    def __init__(self, rows, num_symbols, *, order, pad=None):
        if order < 1:
            raise ValueError(f"`order` is at least 1. Received: {order}.")
        self.num_symbols = num_symbols
        self.order = order
        self.pad = pad
        self.length = np.asarray(rows).shape[1]
        self._counts = collections.defaultdict(collections.Counter)
        self._known = {}
        for symbols in self._parts(rows):
            for place, symbol in enumerate(symbols):
                context = self._context(symbols, place)
                for start in range(len(context) + 1):
                    self._counts[context[start:]][symbol] += 1

    def log_likelihood(self, rows):
        """Mean log-likelihood of the symbols of each line, its end included.

        Args:
            rows: int (n, length).

        Returns:
            float64 (n,), in nats a symbol.
        """
        return np.array(
            [
                np.mean(
                    [
                        np.log(self._shares(self._context(symbols, place))[symbol])
                        for place, symbol in enumerate(symbols)
                    ]
                )
                for symbols in self._parts(rows)
            ]
        )

    def sample(self, num, *, seed=0, temperature=1.0):
        """Lines drawn by the shares to the power of 1 / temperature.

        Args:
            num: how many.
            seed: int.
            temperature: below 1 for likelier lines. Defaults to 1.

        Returns:
            int32 (num, length).
        """
        random = np.random.default_rng(seed)
        filler = 0 if self.pad is None else self.pad
        rows = np.full((num, self.length), filler, "int32")
        for row in rows:
            for place in range(self.length):
                shares = self._shares(self._context(row.tolist(), place)) ** (1 / temperature)
                ends = np.cumsum(shares)
                row[place] = min(
                    np.searchsorted(ends, random.random() * ends[-1], side="right"),
                    self.num_symbols - 1,
                )
                if row[place] == self.pad:
                    break
        return rows

    def _parts(self, rows):
        """Each line as a list, to its end."""
        for row in np.asarray(rows).tolist():
            yield row[: row.index(self.pad) + 1] if self.pad in row else row

    def _context(self, symbols, place):
        """What stands before a place, after marks of the beginning: a tuple of order - 1."""
        before = tuple(symbols[max(0, place - self.order + 1) : place])
        return (-1,) * (self.order - 1 - len(before)) + before

    def _shares(self, context):
        """float64 (symbols,) after what stands before."""
        if context in self._known:
            return self._known[context]
        if context:
            shorter = self._shares(context[1:])
        else:
            shorter = np.full(self.num_symbols, 1 / self.num_symbols)
        counts = self._counts.get(context)
        if counts is None:
            return shorter
        shares = len(counts) * shorter
        shares[list(counts)] += list(counts.values())
        self._known[context] = shares / shares.sum()
        return self._known[context]

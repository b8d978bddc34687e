"""Wishes for rows of a table: which blocks some columns may have."""

import dataclasses

import numpy as np


@dataclasses.dataclass(kw_only=True)
class Where:
    """Conditions that rows must meet, all of them.

    Args:
        blocks: how many blocks each column has, in order.
        allowed: dict from a column's place to the blocks that it may have.
    """

    blocks: tuple
    allowed: dict

    def condition(self):
        """What a generator is told: float32 (width + columns,), the columns with one allowed block.

        The others, a range of numbers for example, are left to it: `kept` sorts them out.
        """
        starts = np.cumsum((0, *self.blocks))
        found = np.zeros(starts[-1] + len(self.blocks), "float32")
        for place, allowed in self.allowed.items():
            if len(allowed) == 1:
                found[starts[place] + allowed[0]] = 1.0
                found[starts[-1] + place] = 1.0
        return found

    def kept(self, samples):
        """Whether each sample meets all wishes: bool (n,)."""
        found = np.ones(len(samples), bool)
        for place, allowed in self.allowed.items():
            found &= np.isin(samples[:, place], allowed)
        return found

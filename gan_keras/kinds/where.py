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


@dataclasses.dataclass(kw_only=True)
class WhereOne(Where):
    """Wishes of which a generator can be told one alone: CTGAN's.

    Args:
        told: places of the columns that it can be told of, in order.
    """

    told: tuple

    def condition(self):
        """float32 (blocks of the columns that can be told,); None if it can be told nothing.

        Of several wishes it is the one whose column has the most blocks: `kept` sorts out more of
        the others' rows where they are rare.
        """
        fixed = [place for place in self.told if len(self.allowed.get(place, ())) == 1]
        if not fixed:
            return None
        place = max(fixed, key=lambda place: self.blocks[place])
        sizes = [self.blocks[one] for one in self.told]
        found = np.zeros(sum(sizes), "float32")
        found[sum(sizes[: self.told.index(place)]) + self.allowed[place][0]] = 1.0
        return found

"""One column of a table as it was read: numbers, or numbered texts, with holes."""

import dataclasses

import numpy as np


@dataclasses.dataclass(kw_only=True, eq=False)
class RawColumn:
    """What a reader of files, dicts and data frames hands to `fit_columns` and to `Column.encode`.

    Args:
        name: what the table calls it.
        numbers: float64 (n,), NaN where a value is missing; None for a column of texts.
        ids: int32 (n,), places in `texts`, -1 where a value is missing; None for numbers.
        texts: list of the distinct texts.
        missing: how the table writes a missing value. Defaults to an empty text.
        type: "number", "boolean" or "date" where the table itself says it; else None. Dates are
            seconds since 1970 in `numbers`.
    """

    name: str
    numbers: np.ndarray | None = None
    ids: np.ndarray | None = None
    texts: list | None = None
    missing: str = ""
    type: str | None = None

    def __len__(self):
        return len(self.ids if self.numbers is None else self.numbers)

    def is_missing(self):
        """bool (n,)."""
        return self.ids < 0 if self.numbers is None else np.isnan(self.numbers)

    def used(self):
        """The distinct texts that rows hold, in the order of their numbers."""
        return [self.texts[place] for place in np.unique(self.ids[self.ids >= 0])]

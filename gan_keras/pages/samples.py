"""The grids of samples that training drew: which there are, and which of them a page can carry."""

import dataclasses
import re
from pathlib import Path

import numpy as np

SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclasses.dataclass(frozen=True, kw_only=True)
class Grid:
    """One picture of samples.

    Attributes:
        step: of training.
        path: of its PNG.
    """

    step: int
    path: Path

    def content(self):
        """The bytes of the file; None if they are no PNG's."""
        found = self.path.read_bytes()
        return found if found.startswith(SIGNATURE) else None


def width(content):
    """Pixels of a row of a PNG, by its header (ISO/IEC 15948, 11.2.1)."""
    return int.from_bytes(content[16:20], "big")


def grids(folder):
    """The grids of a run's folder of samples: list of `Grid`, by step."""
    found = [
        Grid(step=int(match[1]), path=path)
        for path in folder.glob("*.png")
        if (match := re.fullmatch(r"step-(\d{1,15})\.png", path.name))
        and path.is_file()
        and not path.is_symlink()  # a page that is mailed holds nothing from outside of the run
    ]
    return sorted(found, key=lambda grid: grid.step)


def within(found, budget):
    """As many grids as `budget` bytes hold, the last always among them: pairs (grid, bytes).

    The first is among them too if there are two; the others are spread evenly.
    """
    read = [(grid, grid.content()) for grid in found]
    read = [(grid, content) for grid, content in read if content is not None]
    for num in range(len(read), 1, -1):
        places = np.unique(np.linspace(0, len(read) - 1, num).round().astype(int))
        if sum(len(read[place][1]) for place in places) <= budget:
            return [read[place] for place in places]
    return read[-1:]

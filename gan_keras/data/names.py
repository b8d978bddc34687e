"""The names that come with the package: first names of the US census of 1990."""

import csv
import pathlib

import numpy as np

from gan_keras.data import lines

PATH = pathlib.Path(__file__).with_name("names.csv.xz")
CLASSES = ["female", "male"]


def names(*, split="train", **arguments):
    """5,494 first names, 5,163 of them distinct, of two classes; a fifth is held out.

    Names that the U.S. Census Bureau found often in the census of 1990: 4,275 of women and 1,219 of
    men, in capitals, 2 to 11 letters. 331 stand in both lists. Public domain, beside the file.

    Args:
        split: "train" or "test".
        arguments: of `sequences.sequences`, such as `length`.

    Raises:
        ValueError: another split.
    """
    rows = list(csv.DictReader(lines.lines_of(PATH)))
    return lines.lines(
        "names",
        [row["name"] for row in rows],
        split=split,
        labels=np.array([CLASSES.index(row["sex"]) for row in rows], "int32"),
        class_names=CLASSES,
        **arguments,
    )

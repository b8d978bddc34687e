"""The table that comes with the package: 20,000 rows of Adult, a census of the USA in 1994."""

import pathlib

from gan_keras.data import tables

PATH = pathlib.Path(__file__).with_name("adult_20k.csv.xz")
NUM_TRAIN = 16_000


def adult(*, split="train", schema=None, **arguments):
    """16,000 rows to train on, 4,000 held out: 15 columns, 9 of them categories; target `income`.

    Becker and Kohavi, "Adult", UCI Machine Learning Repository, 1996, doi 10.24432/C5XW20.
    CC BY 4.0, beside the file. The rows are a random part of the original's training file. The
    schema is that of the training rows, for both splits.

    Args:
        split: "train" or "test".
        schema: as for `tables.table`.
        arguments: of `tables.table`.

    Raises:
        ValueError: another split.
    """
    part = _part(split)
    return tables.table(
        PATH, schema=schema, name="adult", fit_rows=slice(NUM_TRAIN), rows=part, **arguments
    )


def rows(*, split="train", columns=None):
    """The rows of a split as they stand in the file: list of `RawColumn`; see `tables.read`."""
    return [tables.part(raw, _part(split)) for raw in tables.read(PATH, columns=columns)]


def _part(split):
    if split not in ("train", "test"):
        raise ValueError(f"'adult' has no split '{split}'. Take 'train' or 'test'.")
    return slice(NUM_TRAIN) if split == "train" else slice(NUM_TRAIN, None)

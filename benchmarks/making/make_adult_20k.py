"""Cuts gan_keras/data/adult_20k.csv.xz from UCI's Adult.

    python -m benchmarks.making.make_adult_20k adult.csv

`adult.csv` is adult.data of https://doi.org/10.24432/C5XW20, with or without a line of names. Kept
are 20,000 rows in an order drawn with seed 0. The same input gives the same file, byte by byte (for
one version of xz).
"""

import argparse
import csv
import io
import lzma
import pathlib

import numpy as np

NUM_ROWS = 20_000
NAMES = [
    *("age", "workclass", "fnlwgt", "education", "education-num", "marital-status", "occupation"),
    *("relationship", "race", "sex", "capital-gain", "capital-loss", "hours-per-week"),
    *("native-country", "income"),
]


def select(rows):
    """The rows that are kept, in their new order."""
    order = np.random.default_rng(0).permutation(len(rows))
    return [rows[place] for place in order[:NUM_ROWS]]


def main():
    from gan_keras.data import adult

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=adult.PATH)
    arguments = parser.parse_args()
    with open(arguments.table, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.reader(file, skipinitialspace=True) if row]
    rows = rows[1:] if rows[0] == NAMES else rows
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(NAMES)
    writer.writerows(select(rows))
    content = text.getvalue().encode()
    arguments.out.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    size = arguments.out.stat().st_size
    print(f"{arguments.out}: {min(NUM_ROWS, len(rows))} rows, {size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()

"""The benchmark of tables: its split, and its table, generated and by hand."""

import numpy as np

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import tables


def test_a_fifth_is_held_out():
    train, held_out = tables.split({"a": np.arange(10.0)})
    assert (len(train["a"]), len(held_out["a"])) == (8, 2)
    assert sorted([*train["a"], *held_out["a"]]) == list(range(10))


def test_rows_by_hand():
    common = {"row": "ctgan", "table": "adult", "data": "d@1", "num_fake": 5}
    common |= {"machine": {"processor": "p"}, "cpu_seconds": 100.0}
    # 0.5 and 0.7: mean 0.6, deviation 0.1 * sqrt(2) = 0.141.
    lines = [{**common, "seed": seed, "scores": {"c2st": 0.5 + seed / 5}} for seed in range(2)]
    made = tables.table(lines)
    assert made[4].startswith("| adult: ctgan, 100 epochs | 0.600 ± 0.141 |  |")
    assert made[4].endswith("| 100.0 ± 0.0 | 2 |")
    assert made[5] == "| adult: ctgan, its default 300 epochs | not run |  |  |  |  |  |  |  |  |"


def test_page_shows_the_tables():
    page = results_page.PAGE.read_text(encoding="utf-8")
    made = tables.table(resumable.read(tables.LINES))
    assert report.with_table(page, "tables", made) == page

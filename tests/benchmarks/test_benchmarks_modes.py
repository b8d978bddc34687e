"""The mode benchmark: its table, and the recipes that it names."""

import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import json_lines  # noqa: E402
import modes  # noqa: E402
import report  # noqa: E402
import results_page  # noqa: E402

LINE = {"task": "ring", "method": "pacgan", "reverse_kl": 0.5, "high_quality": 0.9}
LINE |= {"epochs": 4, "batch_size": 100, "packing": 2, "cpu_seconds": 60.4, "settings": {}}


def test_table():
    rows = modes.table([{**LINE, "modes": 8, "seed": 0}, {**LINE, "modes": 6, "seed": 1}])
    # The standard deviation of 8 and 6, divided by n - 1: sqrt(2)
    cells = "7.00 ± 1.41 | 90.0 ± 0.0 | 0.500 ± 0.000 | 4, 100 | 60.4 ± 0.0"
    assert f"| ring, 8 modes: **PacGAN2**, ours | 2 | {cells} |" in rows
    assert len({row.count("|") for row in rows}) == 1


def test_page_shows_the_lines():
    page = results_page.PAGE.read_text(encoding="utf-8")
    table = modes.table(json_lines.read(modes.LINES))
    assert report.with_table(page, "modes", table) == page, "Run: benchmarks/quality/modes.py --report"


def test_every_method_is_a_recipe_that_builds():
    from gan_keras import recipes

    for task, name in modes.TASKS.items():
        for method in modes.METHODS:
            recipes.get(name).with_settings(modes.changes(task, method))

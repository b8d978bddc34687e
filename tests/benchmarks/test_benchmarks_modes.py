"""The mode benchmark: its table, and the recipes that it names."""

import pytest

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import modes
from gan_keras import recipes

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
    table = modes.table(resumable.read(modes.LINES))
    assert report.with_table(page, "modes", table) == page, (
        "Run: python -m benchmarks.quality.modes --report"
    )


@pytest.mark.parametrize("task", modes.TASKS)
def test_methods_differ_from_the_recipe_in_loss_and_packing_alone(task):
    recipe = recipes.get(modes.TASKS[task])
    settings = {
        method: recipe.with_settings(modes.changes(task, method)).settings()
        for method in modes.METHODS
    }
    plain = {**settings["recipe"], "loss": "non_saturating"}
    longer = {"epochs": 6} if task == "stacked" else {}
    packed = {**plain, "model": {**plain["model"], "packing": 2}, **longer}
    assert settings == {"recipe": recipe.settings(), "plain": plain, "pacgan": packed}
    assert settings["recipe"]["loss"] == "relativistic_paired"

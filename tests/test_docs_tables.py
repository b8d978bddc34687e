"""docs/tables.md and docs/table_scores.md: their code runs, and they name what is there."""

import pathlib
import re

import keras
import pytest

from gan_keras import recipes
from gan_keras.metrics.tables.names import TABLE_METRICS

DOCS = pathlib.Path(__file__).parent.parent / "docs"


def blocks(name):
    return re.findall(r"```python\n(.*?)```", (DOCS / name).read_text(encoding="utf-8"), re.DOTALL)


def test_the_code_on_scores_runs():
    names = {}
    for block in blocks("table_scores.md"):
        exec(block, names)
    assert {score.metric for score in names["scores"]} >= {"column_shapes", "exact_copies"}
    assert names["report"]["found"] == len(names["canaries"]["age"])  # the planted rows themselves
    assert names["report"]["controls_found"] == 0


@pytest.mark.slow
def test_the_code_on_tables_runs(monkeypatch):
    fit = keras.Model.fit
    few = {"steps_per_epoch": 8, "verbose": 0}
    monkeypatch.setattr(keras.Model, "fit", lambda *one, **given: fit(*one, **{**given, **few}))
    names = {}
    for block in blocks("tables.md"):
        exec(block, names)
    assert set(names["columns"]["sex"]) == {"Female"}


def test_every_score_says_what_it_sees():
    text = (DOCS / "table_scores.md").read_text(encoding="utf-8")
    table = text[text.index("| name | better |") :]
    for name in TABLE_METRICS:
        assert f"`{name}" in table or name == "canaries", name


def test_every_command_trains_a_recipe():
    text = (DOCS / "tables.md").read_text(encoding="utf-8")
    named = re.findall(r"gan-keras train (\w+)", text)
    assert named
    assert set(named) <= set(recipes.NAMES)

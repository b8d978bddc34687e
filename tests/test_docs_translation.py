"""docs/translation.md: its code runs, block after block, and it names nothing that is not there."""

import pathlib
import re

import keras
import pytest

from gan_keras import corruptions, distances, networks, recipes

DOCUMENT = pathlib.Path(__file__).parent.parent / "docs" / "translation.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_every_recipe_of_a_translator_is_named_and_there():
    table = TEXT[TEXT.index("## Which recipe") : TEXT.index("## Your data")]
    named = set(re.findall(r"`([a-z0-9_]+)`", table)) - {"published"}
    translators = {
        name
        for name, recipe in recipes.NAMES.items()
        if recipe.algorithm in ("pix2pix", "cyclegan", "cut")
    }
    assert named == translators


def test_every_command_trains_a_recipe():
    named = re.findall(r"^gan-keras train (\w+)", TEXT, flags=re.MULTILINE)
    assert len(named) >= 6
    assert set(named) <= set(recipes.NAMES)


@pytest.mark.parametrize(
    ("folder", "table"),
    [
        (distances, distances.NAMES),
        (corruptions, corruptions.NAMES),
        (networks, {**networks.TRANSLATORS, **networks.JUDGES}),
    ],
    ids=["distances", "corruptions", "networks"],
)
def test_every_part_is_named(folder, table):
    names = [value.__name__.rpartition(".")[2] for value in table.values()]
    assert [name for name in names if not re.search(rf"`{name}\b", TEXT)] == []


@pytest.mark.slow
def test_the_code_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    fit = keras.Model.fit
    steps = {"epochs": 1, "steps_per_epoch": 1, "verbose": 0}
    monkeypatch.setattr(
        keras.Model, "fit", lambda self, data, **given: fit(self, data, **{**given, **steps})
    )
    names = {}
    for block in re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL):
        exec(block, names)
    assert names["fake"].shape == names["real"].shape == (16, 64, 64, 3)
    assert names["tiled"].shape == (128, 128, 3)
    assert names["whole"].shape == (96, 160, 3)

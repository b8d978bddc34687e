"""docs/algorithms.md: whole, true to the recipes, and its code runs, block after block."""

import pathlib
import re

import numpy as np
import pytest

from gan_keras import layers, models, recipes

DOCUMENT = pathlib.Path(__file__).parent.parent / "docs" / "algorithms.md"
TEXT = DOCUMENT.read_text(encoding="utf-8")


def test_every_class_has_its_section():
    for algorithm in models.NAMES.values():
        assert f"models.{algorithm.__name__}(" in TEXT or f"gan_keras.{algorithm.__name__}(" in TEXT


def test_every_section_says_all():
    algorithms = TEXT[: TEXT.index("## 3. ")]
    for section in re.split(r"^### ", algorithms, flags=re.MULTILINE)[1:]:
        title = section.partition("\n")[0]
        for word in ("Idea.", "Formula.", "Paper", "When.", "Settings.", "Recipe"):
            assert f"\n*{word}" in section, (title, word)
        # Pictures of translators and series stand beside their scores; tables have none.
        elsewhere = ("(pictures/", "(translation.md)", "(tables.md)", "(beyond_images.md)")
        assert any(place in section for place in elsewhere), title


def test_every_layer_is_named():
    table = TEXT[TEXT.index("## 4. ") :]
    assert all(f"`{name}`" in table or f"`{name}(" in table for name in layers.__all__)


def test_every_algorithm_names_a_recipe_that_is_there():
    lines = re.findall(r"^\*Recipes?\.\* ((?:.+\n)+?)\n", TEXT, flags=re.MULTILINE)
    named = [recipes.get(name) for line in lines for name in re.findall(r"`(\w+)`", line)]
    assert {recipe.algorithm for recipe in named} == set(models.NAMES)


@pytest.mark.slow
def test_the_code_runs(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    zeros = np.zeros((2, 28, 28, 1), "float32")
    names = {"images": zeros, "real_images": zeros}
    for block in blocks:
        exec(block, names)
    assert (tmp_path / "film.gif").exists()
    assert names["kinds"].shape == (8, 10, 28, 28, 1)

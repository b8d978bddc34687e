"""The page of recipes: every recipe stands on it once, and no cost is typed."""

import re

import pytest

from benchmarks.pages import pictures_of, report
from benchmarks.speed import recipes as costs
from gan_keras import kinds, recipes


def line(name, kind):
    return {
        "recipe": name,
        "kind": kind,
        "cpu_seconds_of_a_step": 0.25,
        "steps": 1_200,
        "calculated_cpu_seconds": 300,
        "weights": {"generator": 1_000, "discriminator": 2_000},
        "peak_megabytes": 700,
        "machine": {"processor": "a processor", "threads": 2},
    }


def test_every_recipe_stands_there_once():
    lines = [line("ring", "points"), line("fashion_mnist_dcgan", "images")]
    page = costs.page([*lines, {"recipe": "pix2pix", "machine": {}}])
    names = [found[1] for text in page if (found := re.match(r"\| `(\w+)` \|", text))]
    assert sorted(names) == sorted(recipes.NAMES)
    [ring] = [text for text in page if text.startswith("| `ring` |")]
    assert ring.endswith("| 1,000, 2,000 | 250 | 1,200 | 5 | 700 |  |")
    [main] = [text for text in page if text.startswith("| `fashion_mnist_dcgan` |")]
    assert main.endswith("| 700 | [picture](pictures/default.png) |")
    assert page.index("## Points in the plane") < page.index(ring)
    assert page[-1] == "a processor; 2 threads."


@pytest.mark.parametrize("name", [name for name in kinds.NAMES if "label" not in name])
def test_every_kind_has_its_part(name):
    assert costs.part_of(recipes.get("ring"), line("ring", name)) in costs.PARTS


def test_who_translates_sounds_stands_among_the_sounds():
    assert costs.part_of(recipes.get("vocoder"), line("vocoder", "waves")) == "sounds"
    plain = recipes.get("emoji_pix2pix_plain")
    assert costs.part_of(plain, line(plain.name, "images")) == "translators"


def test_the_page_is_what_the_lines_say():
    lines = costs.resumable.read(costs.LINES)
    text = costs.PAGE.read_text("utf-8")
    assert report.with_table(text, "recipes", costs.page(lines)) == text


def test_pictures_are_those_of_recipes_and_are_there():
    assert set(pictures_of.NAMES) < set(recipes.NAMES)
    for picture in pictures_of.NAMES.values():
        assert (costs.PAGE.parent / picture).is_file(), picture


def test_a_recipe_is_measured(monkeypatch):
    monkeypatch.setattr(costs, "WARM_UP", 1)
    found = costs.one_run(recipe="ring", steps=1)
    assert found["cpu_seconds_of_a_step"] > 0
    assert found["steps"] == 128 * (100_000 // 256)
    assert found["weights"]["generator"] > 10_000
    assert costs.one_run(recipe="pix2pix", steps=1)["recipe"] == "pix2pix"
    assert "steps" not in costs.one_run(recipe="pix2pix", steps=1)

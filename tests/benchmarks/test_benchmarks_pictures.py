"""The pictures of the docs: made by a script that goes on where it stopped, captioned truly."""

import pathlib
import re
import sys

import numpy as np
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import drawings  # noqa: E402
import json_lines  # noqa: E402
import pictures  # noqa: E402

from gan_keras import recipes  # noqa: E402

TEXT = (ROOT / "docs" / "algorithms.md").read_text(encoding="utf-8")
# ![what](pictures/name.png), an empty line, *the caption, over several lines.*
SHOWN = dict(re.findall(r"!\[[^]]+\]\(pictures/(\w+)\.png\)\n\n\*(.+?)\*\n", TEXT, re.DOTALL))
LINES = {line["training"]: line for line in json_lines.read(pictures.LINES)}


@pytest.mark.parametrize("name", pictures.TRAININGS)
def test_every_training_is_a_recipe_and_its_drawings_exist(name):
    recipe, epochs, changes, drawn = pictures.TRAININGS[name]
    recipes.get(recipe).with_settings({**changes, "epochs": epochs})
    assert all(callable(getattr(drawings, function)) for function in drawn.values())


def test_a_training_is_done_with_its_line_and_all_its_pictures(tmp_path):
    names = list(pictures.TRAININGS["tools"][-1])
    lines = [{"training": "tools"}]
    for name in names:
        assert not pictures.is_done("tools", lines, tmp_path)
        (tmp_path / f"{name}.png").touch()
    assert pictures.is_done("tools", lines, tmp_path)
    assert not pictures.is_done("tools", [], tmp_path)


def test_parts_of_a_drawing_stand_apart():
    parts = [np.zeros((2, 3, 1), "uint8"), np.ones((1, 3, 1), "uint8")]
    stacked = drawings.stacked(parts)
    assert stacked.shape == (2 + drawings.GAP + 1, 3, 1)
    assert (stacked[2:-1] == 255).all()
    assert drawings.enlarged(stacked).shape == (2 * len(stacked), 6, 1)


def test_pictures_shown_are_there_and_small():
    assert len(re.findall(r"\(pictures/", TEXT)) == len(SHOWN)
    for name in SHOWN:
        assert (pictures.PICTURES / f"{name}.png").stat().st_size < 150_000, name


@pytest.mark.parametrize("training", LINES)
def test_captions_say_what_the_lines_say(training):
    """Recipe, epochs, CPU seconds (of what was trained for them) and errors, as measured."""
    line = LINES[training]
    cost = f"{line['epochs']} epochs"
    if line["cpu_seconds"] is not None:
        cost += f", {line['cpu_seconds']:.0f} CPU seconds"
    for name in line["pictures"]:
        caption = " ".join(SHOWN[name].split())
        assert f"`{line['recipe']}`, {cost}" in caption
    errors = [f"{value:.3f}" for key, value in line.items() if "squared_error" in key]
    said = " ".join(SHOWN[name] for name in line["pictures"])
    assert all(error in said for error in errors), errors

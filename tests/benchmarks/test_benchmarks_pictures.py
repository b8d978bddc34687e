"""The pictures of the docs: made by a script that goes on where it stopped, captioned truly."""

import itertools
import re
import shlex

import numpy as np
import pytest

from benchmarks import resumable
from benchmarks.pages import drawings, report
from benchmarks.quality import captions, pictures
from gan_keras import recipes
from gan_keras.commands import train

TEXT = captions.PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", pictures.TRAININGS)
def test_every_training_is_a_recipe_and_its_drawings_exist(name):
    recipe, epochs, changes, drawn = pictures.TRAININGS[name]
    recipes.get(recipe).with_settings({**changes, "epochs": epochs})
    assert all(callable(getattr(drawings, function)) for function in drawn.values())


def test_the_command_of_the_page_has_the_settings_of_the_codes_picture():
    (text,) = re.findall(r"^gan-keras train fashion_mnist_infogan .*?(?=^```)", TEXT, re.M | re.S)
    words = shlex.split(text)
    changes = train.parsed([after for word, after in itertools.pairwise(words) if word == "--set"])
    recipe, epochs, expected, _ = pictures.TRAININGS["infogan"]
    assert words[:5] == ["gan-keras", "train", recipe, "--epochs", str(epochs)]
    own = recipes.get(recipe)
    assert own.with_settings(changes) == own.with_settings(expected)


def test_a_training_is_done_with_its_line_and_all_its_pictures(tmp_path):
    key, path = {"training": "tools"}, tmp_path / "lines.jsonl"
    for name in pictures.TRAININGS["tools"][-1]:
        (tmp_path / f"{name}.png").touch()
    assert not pictures.is_done(path, key, tmp_path)
    resumable.append(path, {**key, "epochs": 3})
    assert pictures.is_done(path, key, tmp_path)
    (tmp_path / f"{name}.png").unlink()
    assert not pictures.is_done(path, key, tmp_path)


def test_parts_of_a_drawing_stand_apart():
    parts = [np.zeros((2, 3, 1), "uint8"), np.ones((1, 3, 1), "uint8")]
    stacked = drawings.stacked(parts)
    assert stacked.shape == (2 + drawings.GAP + 1, 3, 1)
    assert (stacked[2:-1] == 255).all()
    assert drawings.enlarged(stacked).shape == (2 * len(stacked), 6, 1)


def test_every_picture_has_a_caption():
    drawn = [name for *_, names in pictures.TRAININGS.values() for name in names]
    assert sorted(captions.CAPTIONS) == sorted(drawn)


def test_the_page_shows_the_lines():
    written = captions.written(TEXT, resumable.read(pictures.LINES))
    assert written == TEXT, "Run: python -m benchmarks.quality.pictures --report"


def test_samples_of_a_row_are_shown_once_they_are_there(tmp_path, monkeypatch):
    monkeypatch.setattr(report, "PICTURES", tmp_path)
    assert captions.row_block("wgan") == [""]
    (tmp_path / "wgan.png").touch()
    assert (
        captions.row_block("wgan")[0]
        == "![Samples: Wasserstein, clipped (WGAN)](pictures/wgan.png)"
    )


def test_a_caption_by_hand():
    line = {"recipe": "r", "epochs": 3, "cpu_seconds": 9.6, "held_out": 5}
    image, empty, *caption = captions.block("bigan", {**line, "held_out_squared_error": 0.1234})
    assert image.endswith("](pictures/bigan.png)")
    assert empty == ""
    caption = " ".join(caption)
    assert "(mean squared error of 5: 0.123)" in caption
    assert caption.endswith("samples. `r`, 3 epochs, 10 CPU seconds.*")
    assert captions.block("bigan", None)[0].startswith("*No picture yet")


def test_pictures_shown_are_there_and_small():
    for name in re.findall(r"\(pictures/(\w+)\.png\)", TEXT):
        assert (report.PICTURES / f"{name}.png").stat().st_size < 150_000, name

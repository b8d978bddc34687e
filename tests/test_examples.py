"""Every example runs, two steps, on the bundled images; in one process, to import only once."""

import pathlib
import runpy
import sys

import numpy as np
import pytest

from benchmarks.site import notebooks
from gan_keras import audio

SLOW = (
    *("cifar10_dcgan", "fashion_mnist_wgan_gp"),  # a GPU's networks; five critic updates a step
    *("cyclegan", "pix2pix", "super_resolution"),  # a large generator, and scores at the end
)
OWN_DATA = (
    "cyclegan",
    "folder_of_images",
    "genes",
    "pix2pix",
    "series",
    "spoken_digits",
    "super_resolution",
    "table",
)  # no garments
EXAMPLES = sorted((pathlib.Path(__file__).parents[1] / "examples").glob("*.py"))


def test_the_promised_examples_are_there():
    names = {path.stem for path in EXAMPLES}
    assert names >= {
        "cifar10_dcgan",
        "conditional",
        "custom_loss",
        "cyclegan",
        "fashion_mnist_wgan_gp",
        "folder_of_images",
        "genes",
        "mnist_dcgan",
        "pix2pix",
        "series",
        "spoken_digits",
        "super_resolution",
        "table",
    }


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.stem, marks=pytest.mark.slow if path.stem in SLOW else ())
        for path in EXAMPLES
    ],
)
def test_example_runs(path, tmp_path, monkeypatch):
    assert len(path.read_text().splitlines()) <= 90
    monkeypatch.chdir(tmp_path)
    arguments = ["--steps", "2"]
    if path.stem not in OWN_DATA:
        arguments += ["--data", "fashion_mnist_10k"]
    if path.stem == "spoken_digits":
        monkeypatch.setenv("GAN_KERAS_CACHE", str(tmp_path / "cache"))
        arguments += ["--data", clips(tmp_path / "clips"), "--num-samples", "1024"]
    monkeypatch.setattr(sys, "argv", [str(path), *arguments])
    runpy.run_path(str(path), run_name="__main__")
    assert any(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["conditional", "custom_loss"])
def test_notebook_runs(name, tmp_path, monkeypatch):
    """Cell by cell; the others hold the same code, which `test_example_runs` runs."""
    monkeypatch.chdir(tmp_path)
    script = (notebooks.EXAMPLES / f"{name}.py").read_text("utf-8")
    cells = [text for sort, text in notebooks.cells(script) if sort == "code"]
    assert sum("steps=None," in text for text in cells) == 1
    found = {"__name__": "__main__"}
    for text in cells:
        exec(text.replace("steps=None,", "steps=2,"), found)
    assert any(tmp_path.iterdir())


def clips(folder):
    """Twenty clips of noise in two classes."""
    random = np.random.default_rng(0)
    for number in range(20):
        place = folder / "ab"[number % 2] / f"{number}.wav"
        place.parent.mkdir(parents=True, exist_ok=True)
        audio.write(place, random.normal(size=1_024) * 0.1, 8_000)
    return str(folder)

"""The script that `gan-keras train --as-python` prints trains to the weights of the command."""

import os
import runpy

import keras
import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras.cli import main
from gan_keras.running import as_python, runs, sampling

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
NARROW = ("--set", "generator.widths=(4,4)", "--set", "discriminator.widths=(4,)")
IMAGES = (*NARROW, "--data", "images.npz", "--batch-size", "6", "--epochs", "1", "--seed", "3")
RECIPES = {
    "photos": (
        *("photos", *IMAGES, "--set", "augment.name=adaptive", "--set", "penalties.r1.interval=2"),
        *("--set", "generator.mapping=5", "--set", "model.packing=2"),
    ),
    "fashion_mnist_wgan": (
        *("fashion_mnist_wgan", *IMAGES, "--set", "discriminator_steps=2", "--batch-size", "3"),
        *("--set", "conditional=True", "--set", "balanced=True"),
    ),
    # Spelled out as a recipe, and in another precision.
    "fashion_mnist_infogan": ("fashion_mnist_infogan", *IMAGES, "--precision", "mixed_bfloat16"),
}


@pytest.fixture(autouse=True)
def policy():
    yield
    keras.config.set_dtype_policy("float32")


def call(*arguments):
    result = CliRunner().invoke(main, ["train", *map(str, arguments)])
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.parametrize("name", RECIPES)
def test_two_steps_of_the_script_are_two_of_the_command(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    images = np.random.default_rng(0).integers(0, 256, (12, 8, 8, 1), dtype="uint8")
    np.savez("images.npz", x=images, y=np.arange(12) % 2)
    text = call(*RECIPES[name], "--as-python")
    assert os.listdir() == ["images.npz"]  # nothing was run
    (tmp_path / "script.py").write_text(text)
    call(*RECIPES[name], "--out", "run")
    expected = sampling.load(runs.Run("run"), compiled=True)
    keras.utils.set_random_seed(99)  # the script sets what it needs
    keras.config.set_dtype_policy("float32")
    runpy.run_path("script.py")
    model = keras.models.load_model(f"{name}.keras")
    assert model.steps_done == expected.steps_done == 2
    assert tiny_run.everything(model) == tiny_run.everything(expected)
    assert (tmp_path / f"{name}_samples" / "step-00000002.png").exists()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ((1,), "(1,)"),
        (("a", 'b"c'), '("a", "b\\"c")'),
        ({"name": "adam", "rate": 1e-3}, '{"name": "adam", "rate": 0.001}'),
        (None, "None"),
        (as_python.Call("f", {"x": 1}, (as_python.Text("y"),)), "f(y, x=1)"),
        (as_python.Call("f", {"x": "a" * 50, "y": "b" * 50}), None),
    ],
)
def test_values_are_written_as_python_reads_them(value, text):
    found = as_python.written(value)
    if text is None:
        assert found == f'f(\n    x="{"a" * 50}",\n    y="{"b" * 50}",\n)'
    else:
        assert found == text


def test_what_a_script_can_not_say_is_refused(tmp_path):
    result = CliRunner().invoke(main, ["train", "ring", "--strategy", "mirrored"] + ["--as-python"])
    assert result.exit_code == 2
    assert "strategy=mirrored" in result.stderr

"""Commands and first steps of the docs: every command line parses, short examples run."""

import contextlib
import re
import shlex
import sys
import types
from pathlib import Path

import keras
import numpy as np
import pytest

import gan_keras
from gan_keras.cli import main
from gan_keras.networks import mlp

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.S | re.M)


def commands():
    """Every `gan-keras ...` of the docs' blocks for a shell, as (page, words)."""
    found = []
    for page in PAGES:
        for block in blocks(page, "bash"):
            for line in block.replace("\\\n", " ").splitlines():
                for part in line.split("&&"):
                    words = shlex.split(part, comments=True)
                    if words[:1] == ["gan-keras"] and "..." not in words:
                        found.append(pytest.param(words[1:], id=f"{page.name}: {' '.join(words)}"))
    return found


@pytest.mark.parametrize("words", commands())
def test_command_parses(words):
    if words in (["--help"], ["--version"]):
        return
    name, *arguments = words
    command = main.commands[name]
    if "--help" not in arguments:
        command.make_context(name, arguments)


def test_there_are_commands():
    assert len(commands()) > 40


@pytest.fixture
def namespace(monkeypatch):
    """A tiny GAN with its data, and stand-ins for what the examples log to."""
    logged = []
    wandb = types.ModuleType("wandb")
    wandb.init = lambda project: logged.append(project)
    wandb.log = lambda logs, step: logged.append((step, set(logs)))
    wandb.finish = lambda: logged.append("end")
    mlflow = types.ModuleType("mlflow")
    mlflow.start_run = contextlib.nullcontext
    mlflow.log_metrics = wandb.log
    ipython = types.ModuleType("IPython")
    ipython.version_info = (9, 0)
    ipython.display = types.SimpleNamespace(
        Image=lambda data: data,
        display=lambda picture, display_id: types.SimpleNamespace(update=logged.append),
    )
    for module in (wandb, mlflow, ipython):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    points = np.random.default_rng(0).normal(size=(8, 2)).astype("float32")
    gan = gan_keras.GAN(mlp.generator((2,), 2, widths=(2,)), mlp.discriminator((2,), widths=(2,)))
    gan.compile(run_eagerly=True)
    dataset = gan_keras.data.load(points, batch_size=8)
    return {"keras": keras, "gan": gan, "dataset": dataset, "logged": logged}


@pytest.mark.parametrize("word", ["wandb", "mlflow", "Notebook"])
def test_loggers_of_getting_started(namespace, word):
    [code] = [
        block for block in blocks(ROOT / "docs/getting_started.md", "python") if word in block
    ]
    exec(code, namespace)
    logged = namespace["logged"]
    if word == "Notebook":
        assert len(logged) == 9  # the first of ten makes the place
        return
    steps = [entry for entry in logged if isinstance(entry, tuple)]
    assert [step for step, _ in steps] == list(range(10))
    assert {"d_loss", "g_loss"} <= steps[0][1]
    assert word == "mlflow" or (logged[0], logged[-1]) == ("garments", "end")


def test_the_bundled_run_in_python():
    [code] = [
        block for block in blocks(ROOT / "docs/getting_started.md", "python") if "bundled" in block
    ]
    found = {}
    exec(code, found)
    assert found["images"].shape == (16, 28, 28, 1)


def test_readme_counts_its_examples():
    scripts = list((ROOT / "examples").glob("*.py"))
    number = {12: "twelve", 13: "thirteen", 14: "fourteen", 15: "fifteen"}[len(scripts)]
    assert f"{number} scripts of fewer than 90 lines" in (ROOT / "README.md").read_text("utf-8")
    assert all(len(script.read_text("utf-8").splitlines()) < 90 for script in scripts)


@pytest.mark.slow
@pytest.mark.parametrize("page", ["README.md", "docs/getting_started.md"])
def test_first_example_of_a_page(page, tmp_path, monkeypatch):
    """With a hundred images and one epoch, and a batch of 8."""
    monkeypatch.chdir(tmp_path)
    load = gan_keras.data.load

    def few(name, *, batch_size, **arguments):
        return load(name, batch_size=8, **arguments).take(2)

    monkeypatch.setattr(gan_keras.data, "load", few)
    code = next(block for block in blocks(ROOT / page, "python") if "gan.save(" in block)
    code = code.replace("epochs=10", "epochs=1")
    assert "epochs=1" in code
    found = {}
    exec(code, found)
    assert found["gan"].steps_done == 2
    assert list((tmp_path / "samples").glob("*.png"))

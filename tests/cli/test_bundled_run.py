"""The run that comes with the package: unpacked where one works, and used as any other."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from gan_keras import GAN
from gan_keras.cli import main
from gan_keras.running import bundled, runs, sampling


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return bundled.unpacked("garments", tmp_path_factory.mktemp("work") / "runs")


@pytest.fixture(scope="module")
def model(folder):
    return sampling.load(runs.Run(folder))


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_a_new_process_samples_it_in_an_empty_folder(tmp_path):
    package = Path(bundled.__file__).parents[2]
    result = subprocess.run(
        [sys.executable, "-m", "gan_keras", "sample", "garments", "--num", "4"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Unpacked the bundled run 'garments' to runs/garments" in result.stderr
    assert (tmp_path / "runs" / "garments" / "sample-1.png").is_file()
    assert [path.name for path in (tmp_path / "runs").iterdir()] == ["garments"]


def test_its_samples_are_garments(model, folder):
    from gan_keras.metrics import features

    assert isinstance(model, GAN)
    samples = model.sample(500, seed=0)
    _, probabilities = features.get("fashion_mnist_classifier")(np.uint8(127.5 * samples + 127.5))
    kinds = np.bincount(probabilities.argmax(axis=1), minlength=10)
    assert kinds.min() >= 10  # all ten
    assert probabilities.max(axis=1).mean() > 0.85
    assert json.loads((folder / "config.json").read_text())["recipe"] == "fashion_mnist_dcgan"


def test_its_weights_are_of_half_precision_and_small(model):
    for weight in model.generator.get_weights() + model.discriminator.get_weights():
        np.testing.assert_array_equal(weight, weight.astype("float16").astype("float32"))
    assert bundled.archive("garments").stat().st_size < 4e6


def test_python_loads_it_and_leaves_no_file(monkeypatch, tmp_path, model):
    monkeypatch.chdir(tmp_path)
    np.testing.assert_array_equal(
        bundled.load("garments").sample(2, seed=1), model.sample(2, seed=1)
    )
    assert not list(tmp_path.iterdir())


def test_what_is_there_goes_first_and_stays(monkeypatch, tmp_path, folder):
    (folder / "mine.txt").write_text("kept")
    assert bundled.unpacked("garments", folder.parent) == folder
    assert (folder / "mine.txt").read_text() == "kept"
    monkeypatch.chdir(tmp_path)
    (tmp_path / "garments").mkdir()
    result = call("report", "garments")
    assert result.exit_code == 2
    assert "'garments' is no run folder" in result.stderr
    assert not (tmp_path / "runs").exists()


def test_a_full_disk_leaves_nothing_half_unpacked(monkeypatch, tmp_path):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("tarfile.TarFile.extractall", full)
    with pytest.raises(OSError, match="No space"):
        bundled.unpacked("garments", tmp_path)
    assert not list(tmp_path.iterdir())


def test_training_goes_not_on_without_optimizers(folder):
    result = call("train", "--resume", folder, "--epochs", "40")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "without the state of its optimizers" in line
    assert "gan-keras train fashion_mnist_dcgan" in line


def test_training_starts_from_it_by_its_name(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    result = call("train", "fashion_mnist_few", "--dry-run", "--from", "garments")
    assert result.exit_code == 0, result.output
    assert '"start_from": "runs/garments"' in result.stdout


def test_an_unknown_one_is_named():
    with pytest.raises(ValueError, match="No run of the name 'faces' comes with gan_keras"):
        bundled.load("faces")


def test_a_look_at_it_finds_no_trouble(folder):
    result = call("diagnose", folder)
    assert result.exit_code == 0, result.output
    assert "collapse" not in result.output

"""A stranger's folder: what `gan-keras train --data FOLDER` makes of it with nothing tuned."""

import json
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from gan_keras.cli import main

SMALL = ("--size", "8", "--batch-size", "4", "--images", "16")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Twelve pictures of mixed sizes, two of them transparent, in folders that are no classes."""
    root = tmp_path_factory.mktemp("photos")
    random = np.random.default_rng(0)
    for number in range(12):
        height, width = 9 + number, 20 - number
        mode, channels = ("RGBA", 4) if number < 2 else ("RGB", 3)
        pixels = random.integers(0, 256, (height, width, channels), dtype="uint8")
        path = root / ("left", "right")[number % 2] / f"{number}.png"
        path.parent.mkdir(exist_ok=True)
        Image.fromarray(pixels, mode).save(path)
    return root


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def settings_of(output):
    """The settings that a dry run printed."""
    return json.JSONDecoder().raw_decode(output[output.index("{") :])[0]["settings"]


def test_a_folder_takes_the_recipe_of_photos(folder):
    result = call("train", "--data", folder, *SMALL, "--dry-run")
    assert result.exit_code == 0, result.output
    settings = settings_of(result.stdout)
    assert settings["name"] == "photos"
    assert settings["data_arguments"] == {"image_size": 8}
    assert settings["generator"]["widths"] == [32, 16]
    assert settings["augment"]["name"] == "adaptive"
    assert settings["conditional"] is False
    assert settings["epochs"] == 2  # 16 images: 12 and 4
    assert "2 epochs of 3 steps of 4 images: 24 images" in result.stdout
    assert "Warning: This run has 6 steps. That is too few" in result.stderr


def test_given_settings_win_over_chosen_ones(folder):
    changes = ("--set", "generator.widths=(4,4)", "--set", "augment=None", "--epochs", "400")
    result = call("train", "--data", folder, "--size", "8", *changes, "--dry-run")
    assert result.exit_code == 0, result.output
    settings = settings_of(result.stdout)
    assert settings["generator"]["widths"] == [4, 4]
    assert settings["augment"] is None
    assert settings["batch_size"] == 12
    assert settings["epochs"] == 400
    assert "400 steps" in result.stderr


def test_grey_pictures_stay_grey(tmp_path):
    for number in range(4):
        Image.new("L", (40 + number, 33), 60 * number).save(tmp_path / f"{number}.png")
    result = call("train", "--data", tmp_path, "--dry-run")
    assert result.exit_code == 0, result.output
    assert "4 samples of 32x32x1" in result.stdout
    assert not result.stderr  # long enough


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--images", "4k", "--epochs", "2"), "Give one of them"),
        (("--images", "lots"), "written 400k, 1.5M or 400000"),
        (("--size", "256"), "up to 128 pixels"),
        (("--size", "62"), "Resize the images"),
    ],
)
def test_what_does_not_fit_is_refused_in_one_line(folder, tmp_path, arguments, message):
    result = call("train", "--data", folder, *arguments, "--out", tmp_path / "run")
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert message in line
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
def test_new_processes_train_go_on_and_sample(folder, tmp_path):
    def run(*arguments):
        done = subprocess.run(
            [sys.executable, "-m", "gan_keras", *map(str, arguments)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "Run folder: runs/photos-1" in run("train", "--data", folder, *SMALL)
    config = json.loads((tmp_path / "runs/photos-1/config.json").read_text())
    assert config["settings"]["generator"]["upsampling"] == "resize"
    run("train", "--resume", "runs/photos-1", "--epochs", "3")
    assert (tmp_path / "runs/photos-1/samples/step-00000009.png").exists()
    run("sample", "runs/photos-1", "--num", "4", "--out", "four.png")
    assert (tmp_path / "four.png").exists()

"""`gan-keras evaluate` on points, folders and runs."""

import json

import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner
from PIL import Image

from gan_keras import images
from gan_keras.cli import main
from gan_keras.metrics import frechet_distance
from gan_keras.metrics.score import read


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("GAN_KERAS_CACHE", str(tmp_path / "cache"))


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def refused(*arguments):
    result = call(*arguments)
    assert result.exit_code == 2, result.output
    (line,) = [line for line in result.stderr.splitlines() if not line.startswith("Warning")]
    return line


def points(path, shift, num=40):
    samples = np.random.default_rng(0).normal(size=(num, 2)).astype("float32") + shift
    np.savez(path, samples=samples)
    return path


def folder(path, seed, num=6):
    path.mkdir()
    pixels = np.random.default_rng(seed).integers(0, 256, (num, 8, 8, 1), dtype="uint8")
    for index, image in enumerate(pixels):
        images.save_png(path / f"{index}.png", image)
    return path


def test_points_against_points(tmp_path):
    fake, real = points(tmp_path / "fake.npz", 3.0), points(tmp_path / "real.npz", 0.0)
    out = tmp_path / "scores.jsonl"
    result = call("evaluate", fake, "--against", real, "--metrics", "fid,prdc", "--out", out)
    assert result.exit_code == 0, result.output
    # The same points, 3 further in both directions: 3 ** 2 + 3 ** 2.
    first, *others = read(out)
    assert abs(first.value - 18.0) < 1e-4
    assert [score.metric for score in others] == ["precision", "recall", "density", "coverage"]
    assert (first.num_fake, first.num_real, first.extractor) == (40, 40, "pixels@0000000000000000")
    assert "fid" in result.stdout
    assert "extractor pixels@" in result.stdout
    assert f"Wrote {out}" in result.stdout


def test_metrics_may_be_spaced_and_repeated(tmp_path):
    fake, real = points(tmp_path / "fake.npz", 1.0), points(tmp_path / "real.npz", 0.0)
    out = tmp_path / "scores.jsonl"
    spaced = ["evaluate", "--metrics", "fid", "precision_recall", fake, "--against", real]
    assert call(*spaced, "--out", out).exit_code == 0
    repeated = ["evaluate", fake, "--metrics", "fid", "--metrics", "precision_recall"]
    assert call(*repeated, "--against", real, "--out", out).exit_code == 0
    lines = out.read_text().splitlines()
    assert [json.loads(line)["metric"] for line in lines] == 2 * ["fid", "precision", "recall"]
    assert lines[:3] == lines[3:]  # from the cache the second time


def test_two_folders_and_the_picture_of_nearest_images(tmp_path):
    real = folder(tmp_path / "real", seed=0)
    fake = tmp_path / "fake"
    fake.mkdir()
    for name in ("4.png", "1.png"):  # copies: each one's nearest is itself
        (fake / name).write_bytes((real / name).read_bytes())
    out = tmp_path / "results" / "scores.jsonl"
    arguments = ["--against", real, "--metrics", "sliced_wasserstein", "--out", out]
    result = call("evaluate", fake, *arguments)
    assert result.exit_code == 0, result.output
    picture = np.asarray(Image.open(tmp_path / "results" / "nearest.png"))
    # Two pairs of 8x8, one above the other, with 2 pixels between
    assert picture.shape == (18, 18)
    assert np.array_equal(picture[:8], picture[10:])
    assert np.array_equal(picture[:8, :8], np.asarray(Image.open(real / "1.png")))


def test_run_is_scored_against_its_own_data(tmp_path):
    data = tiny_run.write_data(tmp_path / "points.npz")
    training = tiny_run.training(data, epochs=1, steps_per_execution=1)
    run = training.start(tmp_path / "run")
    training.run(run)
    result = call("evaluate", run.folder, "--metrics", "fid", "--num", "30", "--seed", "3")
    assert result.exit_code == 0, result.output
    (score,) = read(run.scores_file)
    real = np.load(data)["x"]
    rows = np.sort(np.random.default_rng(3).choice(len(real), 30, replace=False))
    expected = frechet_distance(real[rows], training.model.sample(30, seed=3))
    assert abs(score.value - expected) < 1e-6 * expected
    assert (score.num_fake, score.num_real, score.seed) == (30, 30, 3)
    assert str(training.source.fingerprint) in score.data
    assert not (run.folder / "evaluation").exists()  # points have no picture


def test_bad_input(tmp_path):
    fake, real = points(tmp_path / "fake.npz", 1.0), points(tmp_path / "real.npz", 0.0)
    assert "is no run folder: say --against" in refused("evaluate", fake)
    assert "No data set, folder" in refused("evaluate", fake, "--against", "nowhere")
    assert "Unknown metric 'fidd'" in refused(
        "evaluate", fake, "--against", real, "--metrics", "fidd"
    )
    assert "is a folder. Name a file" in refused(
        "evaluate", fake, "--against", real, "--out", tmp_path
    )
    small = folder(tmp_path / "small", seed=0)
    assert "fake samples are of shape (2,), the real ones of (8, 8, 1)" in refused(
        "evaluate", fake, "--against", small
    )
    (tmp_path / "empty").mkdir()
    assert "No images in" in refused("evaluate", tmp_path / "empty", "--against", real)

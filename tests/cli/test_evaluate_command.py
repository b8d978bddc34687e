"""`gan-keras evaluate` on points, folders and runs."""

import json

import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner
from PIL import Image

from gan_keras import images
from gan_keras.cli import main
from gan_keras.metrics import frechet_distance, task_scores
from gan_keras.metrics.score import read
from gan_keras.running import evaluation


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
    assert first.metric == "frechet_pixels"  # no network, no FID
    assert "frechet_pixels" in result.stdout
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
    assert [json.loads(line)["metric"] for line in lines] == 2 * [
        "frechet_pixels",
        "precision",
        "recall",
    ]
    assert lines[:3] == lines[3:]  # from the cache the second time


def test_of_the_usual_scores_those_that_want_more_samples_are_left_out(tmp_path):
    fake, real = points(tmp_path / "fake.npz", 1.0), points(tmp_path / "real.npz", 0.0)
    out = tmp_path / "scores.jsonl"
    result = call("evaluate", fake, "--against", real, "--out", out)
    assert result.exit_code == 0, result.output
    assert "Left out, as there are too few samples for it: kid\n" in result.stdout
    assert [score.metric for score in read(out)][:2] == ["frechet_pixels", "precision"]
    asked = refused("evaluate", fake, "--against", real, "--metrics", "fid,kid")
    assert "'kid' takes at least 1,000 samples a side" in asked


def test_the_covariance_of_few_large_images_is_left_out(tmp_path):
    """4,800 pixels of eight images have no covariance; that of colour at 64 would take 9 GB."""
    names = {"fake": 0, "real": 1}
    for name, seed in names.items():
        pixels = np.random.default_rng(seed).integers(0, 256, (8, 40, 40, 3), dtype="uint8")
        np.savez(tmp_path / f"{name}.npz", x=pixels)
        np.savez(tmp_path / f"few_{name}.npz", x=pixels[:3])
    fake, real = tmp_path / "fake.npz", tmp_path / "real.npz"
    result = call("evaluate", fake, "--against", real)
    assert result.exit_code == 0, result.output
    assert "Left out, as there are too few samples for it: kid, fid\n" in result.stdout
    line = refused("evaluate", tmp_path / "few_fake.npz", "--against", tmp_path / "few_real.npz")
    assert "3 samples are too few for any of the usual scores: fid, kid, prdc. Score more" in line


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


def test_grey_against_colour_is_shown_in_colour(tmp_path):
    grey = folder(tmp_path / "grey", seed=0)
    colour = tmp_path / "colour"
    colour.mkdir()
    for path in grey.iterdir():
        Image.open(path).convert("RGB").save(colour / path.name)
    arguments = ["--metrics", "sliced_wasserstein", "--no-picture"]
    for fake, real in ((grey, colour), (colour, grey)):
        result = call("evaluate", fake, "--against", real, *arguments)
        assert result.exit_code == 0, result.output
        assert "│ sliced_wasserstein │     0" in result.stdout
        assert "Kept nothing: --out FILE.jsonl" in result.stdout


def test_no_memory_is_one_line(tmp_path, monkeypatch):
    def evaluate(*arguments, **settings):
        raise MemoryError("Unable to allocate 288. GiB for an array")

    monkeypatch.setattr(evaluation.metrics, "evaluate", evaluate)
    path = points(tmp_path / "points.npz", 0.0)
    result = call("evaluate", path, "--against", path, "--metrics", "fid")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: Not enough memory: Unable to allocate 288. GiB for an array. Ask for less at once: "
        "a smaller --size, --num or --batch-size.\n"
    )


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
    assert "--image-size, is for files" in refused("evaluate", run.folder, "--image-size", "14")


def labelled(seed, num=40):
    """Images, 8 x 8, of two classes that brightness tells apart."""
    random = np.random.default_rng(seed)
    labels = random.integers(0, 2, num)
    pixels = random.integers(0, 100, (num, 8, 8, 1)) + 150 * labels[:, None, None, None]
    return {"images": pixels.astype("uint8"), "labels": labels}


def test_task_based_scores_of_labelled_samples(tmp_path, monkeypatch):
    asked = []

    def gan_train(images, labels, questions, answers, *, epochs, seed):
        asked.append((len(images), len(questions)))
        return 0.5

    monkeypatch.setattr(task_scores.task_based, "gan_train", gan_train)
    np.savez(tmp_path / "fake.npz", **labelled(0, num=30))
    test = {f"test_{name}": values for name, values in labelled(1, num=10).items()}
    np.savez(tmp_path / "real.npz", **labelled(2), **test)
    names = ["--metrics", "gan_train", "gan_test", "gan_base", "--no-picture"]
    arguments = [tmp_path / "fake.npz", "--against", tmp_path / "real.npz", *names]
    out = tmp_path / "scores.jsonl"
    result = call("evaluate", *arguments, "--num", "30", "--out", out)
    assert result.exit_code == 0, result.output
    assert asked == [(30, 10), (30, 30), (30, 10)]
    assert [score.metric for score in read(out)] == ["gan_train", "gan_test", "gan_base"]
    assert "held out" in read(out)[0].data
    assert "gan_train, gan_base:\nextractor task_classifier@" in result.stdout


def test_held_out_data_are_the_test_split_unless_named(tmp_path):
    fake = points(tmp_path / "fake.npz", 0.5)
    real = tmp_path / "real.npz"
    draw = np.random.default_rng(1).normal
    np.savez(real, x_train=draw(size=(50, 2)), x_test=draw(size=(20, 2)))
    out = tmp_path / "scores.jsonl"
    arguments = ["evaluate", fake, "--against", real, "--metrics", "memorization", "--out", out]
    assert call(*arguments).exit_code == 0
    assert call(*arguments, "--held-out", fake).exit_code == 0
    first, second = read(out)
    assert f"held out {real}@" in first.data
    assert f"held out {fake}@" in second.data
    assert second.value == 0.0  # each sample lies among the "held-out" ones
    lone = points(tmp_path / "lone.npz", 0.0)
    assert "has no test split. Name data" in refused(*arguments[:3], lone, *arguments[4:])
    assert "held-out data are the real data" in refused(
        *arguments[:3], lone, *arguments[4:], "--held-out", lone
    )


def test_bad_input(tmp_path):
    fake, real = points(tmp_path / "fake.npz", 1.0), points(tmp_path / "real.npz", 0.0)
    assert "is no run folder: say --against" in refused("evaluate", fake)
    assert "No data set, folder" in refused("evaluate", fake, "--against", "nowhere")
    assert "Unknown metric 'fidd'" in refused(
        "evaluate", fake, "--against", real, "--metrics", "fidd"
    )
    assert "Unknown metric 'kdi'. Did you mean 'kid'" in refused(
        "evaluate", fake, "--against", real, "--metrics", "fid", "kdi"
    )
    assert "is a folder. Name a file" in refused(
        "evaluate", fake, "--against", real, "--out", tmp_path
    )
    assert "'kid' takes at least 1,000 samples a side. Received: 40 real, 40 fake" in refused(
        "evaluate", fake, "--against", real, "--metrics", "kid"
    )
    small = folder(tmp_path / "small", seed=0)
    assert "fake samples are of shape (2,), the real ones of (8, 8, 1)" in refused(
        "evaluate", fake, "--against", small
    )
    for width in (1, 3):  # no colours
        np.savez(tmp_path / f"{width}.npz", samples=np.zeros((40, width), "float32"))
    assert "of shape (1,), the real ones of (3,)" in refused(
        "evaluate", tmp_path / "1.npz", "--against", tmp_path / "3.npz"
    )
    (tmp_path / "empty").mkdir()
    assert "No images in" in refused("evaluate", tmp_path / "empty", "--against", real)

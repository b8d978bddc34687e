"""`gan-keras diagnose`, and what `gan-keras train --quality --diagnose` records for it."""

import csv
import json

import numpy as np
import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras.cli import main
from gan_keras.running import diagnosing, runs
from gan_keras.running.training import Training


@pytest.fixture(autouse=True)
def cache(tmp_path_factory, monkeypatch):
    monkeypatch.setenv("GAN_KERAS_CACHE", str(tmp_path_factory.getbasetemp() / "cache"))


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    path = tmp_path_factory.mktemp("data") / "points.npz"
    random = np.random.default_rng(0)
    points = random.normal(size=(60, 2)).astype("float32")
    np.savez(path, x_train=points[:43], x_test=points[43:])
    return str(path)


def training(data, epochs=2):
    return Training(
        tiny_run.recipe(data, epochs=epochs, steps_per_execution=1),
        quality="fid,precision_recall",
        diagnose=True,
    )


@pytest.fixture(scope="module")
def watched(data, tmp_path_factory):
    whole = training(data)
    run = whole.start(tmp_path_factory.mktemp("runs") / "watched")
    whole.run(run)
    return run


def test_scores_reach_history_and_keep_their_protocol(watched):
    rows = list(csv.DictReader(watched.history_file.open()))
    assert all(float(row["frechet_pixels"]) > 0 for row in rows)
    lines = [json.loads(line) for line in watched.quality_file.read_text().splitlines()]
    assert [line["metric"] for line in lines] == 2 * ["frechet_pixels", "precision", "recall"]
    assert [line["value"] for line in lines[::3]] == [float(row["frechet_pixels"]) for row in rows]
    assert [line["step"] for line in lines[::3]] == [5, 10]


def test_resumed_run_has_the_same_scores(data, watched, tmp_path):
    first = training(data, epochs=1)
    run = first.start(tmp_path / "run")
    first.run(run)
    config = run.read_config()
    assert config["arguments"]["quality"] == "fid,precision_recall"
    second = Training(tiny_run.recipe(data, epochs=2, steps_per_execution=1), **config["arguments"])
    second.run(runs.Run(run.folder), go_on=True)
    assert run.history_file.read_bytes() == watched.history_file.read_bytes()
    assert run.quality_file.read_bytes() == watched.quality_file.read_bytes()


def test_recorded_scores_and_a_fresh_look(watched):
    result = call("diagnose", watched.folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Too early to judge: it has made 10 steps")
    assert "No trouble" not in result.stdout
    assert "Newest numbers, at step 10 (3 looks):" in result.stdout
    assert "diversity of the samples" in result.stdout
    assert "training and held-out that it tells apart" in result.stdout  # from the test split
    assert "Not looked at: discriminator won, oscillation, growth. Train with" in result.stdout
    assert "convergence" not in result.stdout


def test_a_fresh_look_alone_makes_no_course(watched):
    assert [look["fresh"] for look in diagnosing.measured(watched)] == [True] * 3
    far = {"step": 5000, "g_gradient": 1.0, "auc": 1.0, "distance": 0.5, "fresh": True}
    text = diagnosing.report([], [far, far, far])
    assert text.startswith("No trouble found.")
    assert "Not looked at: discriminator won, oscillation, growth. Train with --diagnose" in text


@pytest.mark.parametrize("step", [10, 354, 5000])
def test_samples_that_are_all_alike_come_first_at_any_step(step):
    look = {"step": step, "g_gradient": 1.0, "diversity": 0.0048, "fresh": True}
    text = diagnosing.report([], [look] * 3)
    assert text.startswith("! mode collapse\n    All samples look alike: they are worth 0.0048 of")
    assert "No trouble" not in text
    assert ("train to step 500" in text) == (step < 500)


def test_few_looks_are_no_verdict():
    look = {"step": 5000, "g_gradient": 1.0, "diversity": 0.9}
    assert diagnosing.report([look] * 2).startswith("Too little to judge by: looks were taken 1 ")
    looks = [{**look, "step": step} for step in (5000, 5050, 5100)]
    assert diagnosing.report(looks).startswith("No trouble found.")


def test_collapsed_run_is_called_one_at_step_10(data, tmp_path):
    collapsed = Training(tiny_run.recipe(data, epochs=2, steps_per_execution=1))
    for weight in collapsed.model.generator.trainable_weights:
        weight.assign(0 * weight)  # the same point for every latent
    collapsed.model.players["g"].optimizer.learning_rate.assign(0.0)
    run = collapsed.start(tmp_path / "run")
    collapsed.run(run)
    result = call("diagnose", run.folder)
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("! mode collapse\n    All samples look alike: they are worth")
    assert "At step 10 a generator may not have begun to differ" in result.stdout
    assert "No trouble" not in result.stdout


def test_recorded_only(watched, tmp_path):
    run = runs.create(tmp_path / "run", watched.read_config())
    looks = [{"step": 1000 + 50 * i, "diversity": 0.1, "g_gradient": 0.5} for i in range(4)]
    run.diagnosis_file.write_text("".join(json.dumps(look) + "\n" for look in looks))
    result = call("diagnose", run.folder, "--recorded-only")
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("! mode collapse\n    The generator's samples are worth 10%")
    assert "Try --set loss=relativistic_paired" in result.stdout
    assert "Not looked at: convergence. Train with --quality fid" in result.stdout


def test_history_alone_tells_a_plateau(watched, tmp_path):
    run = runs.create(tmp_path / "run", watched.read_config())
    scores = [9.0, 5.0, 3.0, 2.1, 1.9, 2.0, 2.1, 1.9, 2.0, 2.1, 1.9, 2.0]
    lines = [f"{epoch},{score}" for epoch, score in enumerate(scores)]
    run.history_file.write_text("epoch,fid\n" + "\n".join(lines) + "\n")
    output = call("diagnose", run.folder, "--recorded-only").stdout
    assert output.startswith("- plateau\n    fid has stayed at ")
    assert "No trouble in the scores, and nothing else was looked at" in output
    assert "No trouble found." not in output


def test_bad_input(watched, tmp_path):
    result = call("diagnose", tmp_path)
    assert result.exit_code == 2
    assert "is no run folder" in result.stderr
    empty = runs.create(tmp_path / "run", watched.read_config())
    result = call("diagnose", empty.folder)
    assert result.exit_code == 2
    assert "has recorded nothing to diagnose" in result.stderr
    assert diagnosing.recorded(empty) == []


@pytest.mark.parametrize(
    ("quality", "message"),
    [
        ("fdi", "Unknown metric 'fdi'"),
        ("gan_train", "'gan_train' takes samples of known classes"),
        ("ms_ssim", "'ms_ssim' takes images"),
    ],
)
def test_scores_that_the_run_can_not_have_leave_no_folder(data, tmp_path, quality, message):
    settings = ["--data", data, "--batch-size", 8, "--quality", quality]
    result = call("train", "ring", *settings, "--out", tmp_path / "run")
    assert result.exit_code == 2
    assert message in result.stderr
    assert not list(tmp_path.iterdir())


def test_memorization_is_scored_against_the_test_split(data, tmp_path):
    recipe = tiny_run.recipe(data, epochs=1, steps_per_execution=1)
    watched = Training(recipe, quality="memorization")
    run = watched.start(tmp_path / "run")
    watched.run(run)
    [line] = [json.loads(text) for text in run.quality_file.read_text().splitlines()]
    assert 0 <= line["value"] <= 1
    data_without_test = tmp_path / "points.npy"
    np.save(data_without_test, np.zeros((40, 2), "float32"))
    with pytest.raises(ValueError, match="has no test split"):
        Training(tiny_run.recipe(str(data_without_test), epochs=1), quality="memorization")


def test_large_images_are_fewer_in_a_fresh_look():
    assert diagnosing.how_many((28, 28, 1)) == diagnosing.how_many((32, 32, 3)) == 256
    assert diagnosing.how_many((2,)) == 256
    assert diagnosing.how_many((48, 48, 3)) == 113  # 786,432 numbers / 6,912
    assert diagnosing.how_many((64, 64, 3)) == diagnosing.how_many((256, 256, 3)) == 64

"""Checkpoints belong to their run: what is refused when a run goes on, or is warned of."""

import json
import shutil

import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras.callbacks import checkpoint_folder
from gan_keras.cli import main
from gan_keras.running import diagnosing, identity, resuming, runs, sampling


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_run.write_data(tmp_path_factory.mktemp("data") / "points.npz")


@pytest.fixture(scope="module")
def made(data, tmp_path_factory):
    training = tiny_run.training(data, epochs=2)
    run = training.start(tmp_path_factory.mktemp("runs") / "run")
    training.run(run, checkpoint_every=5)
    return training, run


@pytest.fixture
def run(made, tmp_path):
    """A copy of the run that a test may spoil."""
    return runs.Run(shutil.copytree(made[1].folder, tmp_path / "run"))


def own(training):
    return identity.of(training.recipe, training.seed, training.source)


def test_checkpoints_say_whose_they_are(made):
    training, run = made
    newest, _ = checkpoint_folder.newest_good(run.checkpoints)
    assert checkpoint_folder.read_state(newest)["run"] == own(training)
    resuming.check(run, own(training))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"seed": 1}, "of another run: seed is 0 there, 1 here"),
        ({"data": "x"}, "of another run: data is .* there, 'x' here"),
        ({"settings": {"loss": "hinge"}}, "loss is 'relativistic_paired' there, 'hinge' here"),
    ],
)
def test_checkpoint_of_another_run_is_refused(made, change, message):
    training, run = made
    with pytest.raises(ValueError, match=message):
        resuming.check(run, {**own(training), **change})


def test_settings_that_only_one_version_knows_say_nothing(made):
    mine = own(made[0])
    identity.check("path", None, mine)
    identity.check("path", {**mine, "settings": {**mine["settings"], "unheard_of": 3}}, mine)
    longer = made[0].recipe.with_settings({"epochs": 99})
    assert identity.of(longer, 0, made[0].source) == mine


def test_checkpoint_of_another_seed_is_refused_by_resume(data, run, tmp_path):
    other = tiny_run.training(data, seed=1, epochs=2)
    other_run = other.start(tmp_path / "other")
    other.run(other_run, checkpoint_every=5)
    shutil.rmtree(run.checkpoints)
    shutil.copytree(other_run.checkpoints, run.checkpoints)
    result = call("train", "--resume", run.folder, "--epochs", 3)
    assert result.exit_code == 2
    assert "is of another run: seed is 1 there, 0 here." in result.stderr


def test_run_without_its_checkpoints_does_not_begin_anew(run):
    shutil.rmtree(run.checkpoints)
    history = run.history_file.read_bytes()
    result = call("train", "--resume", run.folder, "--epochs", 3)
    assert result.exit_code == 2
    assert "has made 2 epochs, but its checkpoints are gone. Put back" in result.stderr
    assert run.history_file.read_bytes() == history
    assert not run.checkpoints.exists()


def test_run_that_was_killed_before_its_first_checkpoint_begins_anew(made, run):
    for step in checkpoint_folder.steps(run.checkpoints):
        shutil.rmtree(checkpoint_folder.path_of(run.checkpoints, step))
    resuming.check(run, own(made[0]))
    shutil.rmtree(run.checkpoints)
    run.history_file.write_text("epoch,d_loss\n")
    resuming.check(run, own(made[0]))


def test_damaged_newest_checkpoint_is_warned_of_whoever_loads_it(run):
    (checkpoint_folder.path_of(run.checkpoints, 10) / "model.keras").write_bytes(b"torn")
    with pytest.warns(UserWarning, match="00000010' is damaged .*; taking the one before"):
        assert sampling.load(run).steps_done == 5
    with pytest.warns(UserWarning, match="00000010' is damaged"):
        assert diagnosing.measured(run)[0]["step"] == 5


def rewritten(run, change):
    """Changes state.json of the newest checkpoint, with hashes that fit."""
    path = checkpoint_folder.path_of(run.checkpoints, 10)
    change(path)
    names = (checkpoint_folder.MODEL, checkpoint_folder.METRICS, checkpoint_folder.STATE)
    sums = [f"{checkpoint_folder.sha256(path / name)}  {name}\n" for name in names]
    (path / checkpoint_folder.SUMS).write_text("".join(sums))


@pytest.mark.parametrize("text", ["null", "{}", "[" * 100_000, '{"step": 10'])
def test_state_that_is_none_of_ours_is_one_line(run, text):
    rewritten(run, lambda path: (path / checkpoint_folder.STATE).write_text(text))
    result = call("train", "--resume", run.folder, "--epochs", 3)
    assert result.exit_code == 2
    assert "is damaged: its state.json lacks 'shapes'" in result.stderr


def test_generator_in_the_place_of_the_model_is_one_line(run):
    rewritten(run, lambda path: shutil.copy(run.generator_file, path / checkpoint_folder.MODEL))
    result = call("sample", run.folder)
    assert result.exit_code == 2
    assert "holds a Functional, not a model of gan_keras with both players" in result.stderr


@pytest.mark.parametrize(
    "line", ["null", '{"step": null}', '{"step": 5, "auc": "x"}', "{}", "[" * 100_000, '{"st']
)
def test_damaged_record_is_one_line(run, line):
    run.diagnosis_file.write_text(json.dumps({"step": 5, "auc": None}) + "\n" + line + "\n")
    with pytest.raises(ValueError, match=r"diagnosis.jsonl' is damaged in line 2: .*Remove that"):
        diagnosing.recorded(run)


def test_damaged_history_is_one_line(run):
    run.history_file.write_text("epoch,fid\nfirst,3\n")
    with pytest.raises(ValueError, match=r"history.csv' is damaged \(invalid literal"):
        diagnosing.recorded(run)

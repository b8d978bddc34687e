"""Interrupted and resumed runs, against one that nothing disturbed."""

import os
import signal

import keras
import numpy as np
import pytest
import tiny_run

from gan_keras.callbacks import Checkpoint, KeepBest, checkpoint_folder
from gan_keras.commands.train import recipe_of
from gan_keras.machines import signals
from gan_keras.running import runs, sampling
from gan_keras.running.training import Training


class Signal(keras.callbacks.Callback):
    """Sends this process a signal after some steps."""

    def __init__(self, step, number=signal.SIGTERM):
        super().__init__()
        self.step, self.number = step, number

    def on_train_batch_end(self, batch, logs=None):
        if self.model.steps_done == self.step:
            os.kill(os.getpid(), self.number)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tiny_run.write_data(tmp_path_factory.mktemp("data") / "points.npz")


@pytest.fixture(scope="module")
def whole(data, tmp_path_factory):
    """The run that nothing disturbed, and what its model holds."""
    training = tiny_run.training(data)
    run = training.start(tmp_path_factory.mktemp("runs") / "whole")
    assert training.run(run) is None
    return run, tiny_run.everything(training.model)


def test_run_folder_is_complete(whole):
    run, _ = whole
    names = sorted(path.name for path in run.folder.iterdir())
    assert names == [
        "checkpoints",
        "config.json",
        "generator.keras",
        "history.csv",
        "logs",
        "samples",
    ]
    config = run.read_config()
    assert config["recipe"] == "ring"
    assert config["arguments"]["seed"] == 0
    assert len(config["data"]["fingerprint"]) == 16
    assert set(config["versions"]) == {"gan_keras", "python", "tensorflow", "keras", "numpy"}
    assert run.last_grid().name == "step-00000015.png"
    assert len(run.history_file.read_text().splitlines()) == 1 + 3


@pytest.mark.parametrize(
    "step",
    [
        3,  # in the middle of the first epoch
        5,  # its last step: the epoch's end saves
    ],
)
def test_resumed_run_is_bitwise_the_whole_one(data, whole, tmp_path, step):
    first = tiny_run.training(data)
    run = first.start(tmp_path / "run")
    assert first.run(run, extra_callbacks=[Signal(step)]) == signal.SIGTERM
    assert first.model.steps_done == step
    assert checkpoint_folder.steps(run.checkpoints)[-1] == step

    second = tiny_run.training(data)
    second.run(runs.Run(run.folder), go_on=True)
    assert tiny_run.everything(second.model) == whole[1]
    assert run.history_file.read_bytes() == whole[0].history_file.read_bytes()


@pytest.mark.slow
def test_resumed_on_two_replicas(data, tmp_path):
    whole = tiny_run.training(data, strategy="mirrored")
    whole_run = whole.start(tmp_path / "whole")
    whole.run(whole_run)
    first = tiny_run.training(data, strategy="mirrored")
    run = first.start(tmp_path / "run")
    first.run(run, extra_callbacks=[Signal(8)])  # replicas have seen different halves of an epoch
    second = tiny_run.training(data, strategy="mirrored")
    second.run(run, go_on=True)
    assert second.model.distribute_strategy.num_replicas_in_sync == 2
    assert tiny_run.everything(second.model) == tiny_run.everything(whole.model)
    assert run.history_file.read_bytes() == whole_run.history_file.read_bytes()


def test_ctrl_c_twice_ends_at_once(data, tmp_path, monkeypatch):
    monkeypatch.setattr(signals, "REPEAT_SECONDS", 0.0)  # of which test_stopping.py tells
    training = tiny_run.training(data)
    run = training.start(tmp_path / "run")
    before = signal.getsignal(signal.SIGINT)
    twice = [Signal(2, signal.SIGINT), Signal(2, signal.SIGINT)]
    with pytest.raises(KeyboardInterrupt):
        training.run(run, extra_callbacks=twice)
    assert signal.getsignal(signal.SIGINT) is before


def test_seed_decides(data, whole, tmp_path):
    other = tiny_run.training(data, seed=1)
    other.run(other.start(tmp_path / "run"))
    assert tiny_run.everything(other.model) != whole[1]


def test_finished_run_goes_on_to_more_epochs(data, whole, tmp_path):
    first = tiny_run.training(data, epochs=1)
    run = first.start(tmp_path / "run")
    first.run(run)
    second = tiny_run.training(data, epochs=3)
    second.run(run, go_on=True)
    assert tiny_run.everything(second.model) == whole[1]
    assert run.history_file.read_bytes() == whole[0].history_file.read_bytes()
    assert run.read_config()["settings"]["epochs"] == 3


def test_a_falling_rate_is_stretched_over_more_epochs(data, tmp_path):
    falling = {
        f"{player}_optimizer.learning_rate": {
            "name": "cosine_decay",
            "initial_learning_rate": 1e-3,
            "alpha": 0.1,
        }
        for player in ("generator", "discriminator")
    }

    def rate(training):
        return float(training.model.discriminator_optimizer.learning_rate)

    first = tiny_run.training(data, epochs=1, **falling)
    run = first.start(tmp_path / "run")
    first.run(run)
    assert rate(first) == pytest.approx(1e-4)
    second = tiny_run.training(data, epochs=2, **falling)
    second.run(run, go_on=True)
    assert rate(second) == pytest.approx(1e-4)
    third = tiny_run.training(data, epochs=4, **falling)
    Checkpoint(run.checkpoints).restore(third.model)
    assert rate(third) == pytest.approx(5.5e-4)  # half way down from 1e-3, at 10 steps of 20


def test_other_data_are_refused(whole, tmp_path):
    other = tiny_run.training(tiny_run.write_data(tmp_path / "other.npz", num=50))
    with pytest.raises(ValueError, match=r"data differ .*50 samples of 2.*instead of .*43 samples"):
        other.run(whole[0], go_on=True)


def as_another_version(run, change):
    """The run's config.json as a version with other settings would have written it."""
    config = run.read_config()
    change(config)
    run.write_config(config)


def test_a_run_without_a_newer_setting_goes_on(data, whole, tmp_path):
    first = tiny_run.training(data, epochs=1)
    run = first.start(tmp_path / "run")
    first.run(run)

    def older(config):
        for name in ("balanced", "fresh_noise", "published"):
            del config["settings"][name]
        del config["arguments"]["diagnose"], config["arguments"]["freeze_discriminator"]

    as_another_version(run, older)
    second = tiny_run.training(data, epochs=3)
    second.run(run, go_on=True)
    assert tiny_run.everything(second.model) == whole[1]
    assert run.read_config()["settings"]["balanced"] is False


def test_a_lacking_setting_is_its_default(data, tmp_path):
    first = tiny_run.training(data, balanced=False, epochs=1, batch_size=4)
    run = first.start(tmp_path / "run")
    as_another_version(run, lambda config: config["settings"].pop("batch_size"))
    with pytest.raises(ValueError, match="batch_size is 4, was 64"):
        first.check_same(run)


def test_an_unknown_setting_that_asks_for_nothing_is_left_out(data, tmp_path):
    training = tiny_run.training(data)
    run = training.start(tmp_path / "run")

    def other(config):
        config["settings"]["tempo"] = None
        config["arguments"]["choir"] = False

    as_another_version(run, other)
    training.check_same(run)
    assert recipe_of(run, None)[0] == training.recipe


@pytest.mark.parametrize("part", ["settings", "arguments"])
def test_an_unknown_setting_that_asks_for_something_is_refused(data, tmp_path, part):
    training = tiny_run.training(data)
    run = training.start(tmp_path / "run")
    as_another_version(run, lambda config: config[part].update(tempo=2))
    with pytest.raises(ValueError, match="does not know: tempo=2"):
        training.check_same(run)


def test_other_settings_are_refused(data, whole):
    other = tiny_run.training(data, **{"generator_optimizer.learning_rate": 0.5})
    message = "generator_optimizer.learning_rate is 0.5, was 0.003"
    with pytest.raises(ValueError, match=message):
        other.run(whole[0], go_on=True)


def test_other_seed_is_refused(data, whole):
    with pytest.raises(ValueError, match="seed is 4, was 0"):
        tiny_run.training(data, seed=4).run(whole[0], go_on=True)


def test_a_run_until_a_score_is_opened_at_its_best_and_goes_on_from_its_newest(
    data, tmp_path, monkeypatch
):
    scores = {tiny_run.STEPS: 3.0, 2 * tiny_run.STEPS: 1.0, 3 * tiny_run.STEPS: 2.0}
    monkeypatch.setattr(KeepBest, "score", lambda self, logs: scores[self.model.steps_done])
    training = Training(tiny_run.recipe(data), until="sliced_wasserstein")
    run = training.start(tmp_path / "run")
    assert training.run(run) is None
    opened = sampling.load(run)
    assert opened.steps_done == 2 * tiny_run.STEPS
    [network] = opened.served().values()
    best = keras.models.load_model(run.best_file)
    for own, kept in zip(network.get_weights(), best.get_weights(), strict=True):
        np.testing.assert_array_equal(own, kept)
    again = Training(tiny_run.recipe(data, epochs=4), until="sliced_wasserstein")
    Checkpoint(run.checkpoints).restore(again.model)
    assert again.model.steps_done == 3 * tiny_run.STEPS


def test_fewer_samples_than_a_step(tmp_path):
    data = tiny_run.write_data(tmp_path / "few.npz", num=7)
    with pytest.raises(ValueError, match="has 7 samples, fewer than the 8 of one step"):
        tiny_run.training(data)
    with pytest.raises(ValueError, match="has 7 samples, fewer than the 24 of one step"):
        tiny_run.training(data, discriminator_steps=3)


def test_executions_of_several_steps_end_with_the_epoch(tmp_path):
    """30 steps in one execution would run past an epoch of 5."""
    data = tiny_run.write_data(tmp_path / "points.npz")
    training = tiny_run.training(data, steps_per_execution=30)
    assert training.model.steps_per_execution == tiny_run.STEPS
    training.fit()
    assert training.model.steps_done == 3 * tiny_run.STEPS

import errno
import json
import os
import shutil

import keras
import numpy as np
import pytest
import tiny

import gan_keras
from gan_keras.callbacks import Checkpoint, Interrupted, NonFiniteError, checkpoint_folder
from gan_keras.networks import mlp


def fit(model, callbacks, epochs=1, steps=tiny.STEPS):
    data = tiny.source().batches(tiny.BATCH, seed=5).take(steps)
    return model.fit(data, epochs=epochs, callbacks=callbacks, verbose=0)


class SetLog(keras.callbacks.Callback):
    """Puts a score into the logs: one of a list, by epoch."""

    def __init__(self, name, values):
        super().__init__()
        self.name, self.values = name, values

    def on_epoch_end(self, epoch, logs=None):
        logs[self.name] = self.values[epoch]


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with two checkpoints, of steps 4 and 8, and the model that wrote them."""
    folder = tmp_path_factory.mktemp("run") / "checkpoints"
    model = tiny.gan()
    fit(model, [Checkpoint(folder)], epochs=2)
    return model, folder


def copy_of(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "checkpoints")


def test_restores_everything_bitwise(trained):
    model, folder = trained
    other = tiny.gan()
    assert not tiny.same(model, other)
    assert Checkpoint(folder).restore(other) == 8
    assert tiny.same(model, other)


def test_files_are_as_sha256sum_reads_them(trained):
    _, folder = trained
    lines = (folder / "00000008" / "SHA256SUMS").read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == ["model.keras", "metrics.npz", "state.json"]
    assert checkpoint_folder.damage(folder / "00000008") is None
    assert sorted(path.name for path in folder.iterdir()) == ["00000004", "00000008"]


def test_nothing_to_restore(tmp_path):
    assert Checkpoint(tmp_path / "checkpoints").restore(tiny.gan()) == 0


@pytest.mark.parametrize("name", ["model.keras", "metrics.npz", "state.json", "SHA256SUMS"])
@pytest.mark.parametrize("how", ["truncate", "flip", "remove", "pipe"])
def test_damaged_checkpoint_gives_way_to_the_one_before(trained, tmp_path, name, how):
    folder = copy_of(trained[1], tmp_path)
    file = folder / "00000008" / name
    content = bytearray(file.read_bytes())
    if how == "truncate":
        file.write_bytes(content[: len(content) // 2])
    elif how == "flip":
        content[len(content) // 4] ^= 1
        file.write_bytes(content)
    else:
        file.unlink()
    if how == "pipe":  # which nobody writes to: reading it would take for ever
        os.mkfifo(file)
    path, messages = checkpoint_folder.newest_good(folder)
    assert path.name == "00000004"
    assert len(messages) == 1
    assert "00000008' is damaged" in messages[0]


def test_damaged_checkpoint_is_set_aside_and_said(trained, tmp_path):
    folder = copy_of(trained[1], tmp_path)
    (folder / "00000008" / "model.keras").write_bytes(b"half a fi")
    model = tiny.gan()
    with pytest.warns(UserWarning, match="00000008' is damaged"):
        assert Checkpoint(folder).restore(model) == 4
    assert (folder / "damaged-00000008-1").is_dir()
    assert checkpoint_folder.steps(folder) == [4]


def test_all_damaged_is_an_error(trained, tmp_path):
    folder = copy_of(trained[1], tmp_path)
    for step in (4, 8):
        (checkpoint_folder.path_of(folder, step) / "state.json").unlink()
    with pytest.raises(ValueError, match=r"Every checkpoint in .* is damaged"):
        Checkpoint(folder).restore(tiny.gan())
    assert checkpoint_folder.steps(folder) == [4, 8]


@pytest.mark.parametrize(
    ("generator_widths", "discriminator_widths", "message"),
    [
        ((5,), (4,), r"'generator/hidden_0/kernel' has shape \(3, 5\) .*, but \(3, 4\) there"),
        ((4,), (4, 1), r"'discriminator/hidden_1/kernel' has shape \(4, 1\)|\d+ weights"),
    ],
)
def test_checkpoint_of_other_networks(trained, generator_widths, discriminator_widths, message):
    other = gan_keras.GAN(
        mlp.generator((2,), 3, widths=generator_widths),
        mlp.discriminator((2,), widths=discriminator_widths),
        moving_average=20,
    )
    other.compile()
    with pytest.raises(ValueError, match=message):
        Checkpoint(trained[1]).restore(other)


def test_keeps_the_newest_and_the_best(tmp_path):
    # steps 1, 2, ..., 6 with scores 5, 1, 4, 3, 6, 2: the lowest is step 2's
    scores = SetLog("fid", [5.0, 1.0, 4.0, 3.0, 6.0, 2.0])
    checkpoint = Checkpoint(tmp_path, keep=2, monitor="fid")
    fit(tiny.gan(), [scores, checkpoint], epochs=6, steps=1)
    assert checkpoint_folder.steps(tmp_path) == [2, 5, 6]
    assert checkpoint.best_step() == 2


def test_keeps_the_largest_score_by_mode_max(tmp_path):
    scores = SetLog("precision", [5.0, 9.0, 4.0, float("nan")])
    checkpoint = Checkpoint(tmp_path, keep=1, monitor="precision", mode="max")
    fit(tiny.gan(), [scores, checkpoint], epochs=4, steps=1)
    assert checkpoint_folder.steps(tmp_path) == [2, 4]


def test_the_best_by_a_function_and_the_newest_where_it_is_damaged(tmp_path):
    scores = SetLog("kid", [None, 5.0, None, 4.0])  # of steps 1, 2, 3, 4
    checkpoint = Checkpoint(tmp_path, keep=1, monitor=lambda logs: logs["kid"], mode="max")
    fit(tiny.gan(), [scores, checkpoint], epochs=4, steps=1)
    assert checkpoint_folder.best_good(tmp_path, "max") == (tmp_path / "00000002", [])
    (tmp_path / "00000002" / "model.keras").write_bytes(b"")
    path, [message] = checkpoint_folder.best_good(tmp_path, "max")
    assert path == tmp_path / "00000004"
    assert "00000002', is damaged (model.keras is not what was written); taking" in message
    (tmp_path / "00000004" / "model.keras").write_bytes(b"")
    with pytest.raises(ValueError, match="Every checkpoint"):
        checkpoint_folder.best_good(tmp_path, "max")


def test_monitor_that_is_not_logged(tmp_path):
    with pytest.raises(ValueError, match=r"'fid' was not logged. Logged: .*d_loss"):
        fit(tiny.gan(), [Checkpoint(tmp_path, monitor="fid")])


def test_every_num_steps_leaves_the_last_step_to_the_epochs_end(tmp_path):
    fit(tiny.gan(), [Checkpoint(tmp_path, keep=9, every_num_steps=2)], epochs=2)
    assert checkpoint_folder.steps(tmp_path) == [2, 4, 6, 8]
    states = [
        checkpoint_folder.read_state(checkpoint_folder.path_of(tmp_path, step))
        for step in (2, 4, 6, 8)
    ]
    assert [(s["epoch"], s["step_in_epoch"]) for s in states] == [(0, 2), (1, 0), (1, 2), (2, 0)]


def test_request_to_stop_saves_then_raises(tmp_path):
    checkpoint = Checkpoint(tmp_path)

    class AskAt3(keras.callbacks.Callback):
        def on_train_batch_begin(self, batch, logs=None):
            if batch == 2:
                checkpoint.request_stop()

    model = tiny.gan()
    with pytest.raises(Interrupted):
        fit(model, [AskAt3(), checkpoint])
    assert model.steps_done == 3
    assert checkpoint_folder.steps(tmp_path) == [3]


def test_bad_weights_are_not_saved(tmp_path):
    model = tiny.gan()
    checkpoint = Checkpoint(tmp_path)
    fit(model, [checkpoint])
    model.discriminator.weights[0].assign(np.full(model.discriminator.weights[0].shape, np.nan))
    with pytest.raises(NonFiniteError, match="is not finite after step 4"):
        checkpoint.save()
    assert checkpoint_folder.steps(tmp_path) == [4]


def test_full_disk_leaves_the_last_one(tmp_path, monkeypatch):
    model = tiny.gan()
    checkpoint = Checkpoint(tmp_path)
    fit(model, [checkpoint])

    def full(*arguments, **keywords):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(checkpoint_folder.np, "savez", full)
    with pytest.raises(OSError, match=r"step 8 .*the disk is full.*00000004', is untouched"):
        fit(model, [checkpoint])
    assert [path.name for path in tmp_path.iterdir()] == ["00000004"]
    assert checkpoint_folder.damage(tmp_path / "00000004") is None


def test_what_a_killed_process_left_is_cleared(tmp_path):
    for name in (".writing-00000004", ".removing-00000001"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "model.keras").write_bytes(b"half")
    fit(tiny.gan(), [Checkpoint(tmp_path)])
    assert [path.name for path in tmp_path.iterdir()] == ["00000004"]


def test_numbers_of_keras_callbacks_are_kept(tmp_path):
    reduce = keras.callbacks.ReduceLROnPlateau("g_loss", patience=3, mode="min")
    scores = SetLog("g_loss", [1.0, 2.0, 3.0])  # gets no better: waits 2 epochs after the first
    checkpoint = Checkpoint(tmp_path, callbacks=[reduce])
    fit(tiny.gan(), [scores, reduce, checkpoint], epochs=3, steps=1)
    state = json.loads((tmp_path / "00000003" / "state.json").read_text())
    kept = state["callbacks"]["0-ReduceLROnPlateau"]
    assert (kept["wait"], kept["best"], kept["patience"]) == (2, 1.0, 3)

    again = keras.callbacks.ReduceLROnPlateau("g_loss", patience=3, mode="min", factor=0.5)
    model, scores = tiny.gan(), SetLog("g_loss", [4.0])
    checkpoint = Checkpoint(tmp_path, callbacks=[again])
    checkpoint.restore(model)
    fit(model, [scores, again, checkpoint], steps=1)
    # The third epoch in wait: both rates fall, by the factor that was kept, Keras's default 0.1.
    assert abs(float(model.generator_optimizer.learning_rate) - 1e-3) < 1e-9
    assert abs(float(model.discriminator_optimizer.learning_rate) - 2e-3) < 1e-9


@pytest.mark.parametrize("arguments", [{"keep": 0}, {"mode": "lowest"}])
def test_arguments_out_of_range(tmp_path, arguments):
    with pytest.raises(ValueError, match="must be"):
        Checkpoint(tmp_path, **arguments)

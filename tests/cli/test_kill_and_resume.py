"""`kill -9` at twenty random moments, some in the middle of a checkpoint, and resumed each time."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import tiny_run

from gan_keras.callbacks import Checkpoint, checkpoint_folder
from gan_keras.running import runs

NUM_KILLS = 21


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_killed_and_resumed_run_is_bitwise_the_undisturbed_one(tmp_path):
    # 8 steps an epoch, which 3, the steps between checkpoints, does not divide
    data = tiny_run.write_data(tmp_path / "points.npz", num=8 * 8 + 5)
    changes = ["--set", "generator.widths=(4,)", "--set", "discriminator.widths=(4,)"]
    changes += ["--set", "penalties.r1.interval=2", "--set", "penalties.r2=None"]
    # Rates that don't fall: how many epochs there are is known after the kills only.
    for player in ("generator", "discriminator"):
        changes += ["--set", f"{player}_optimizer.learning_rate=3e-3"]
    arguments = ["train", "ring", "--data", data, "--batch-size", "8", *changes]
    killed, whole = tmp_path / "killed", tmp_path / "whole"

    script = Path(__file__).with_name("kill_again.py")
    command = [sys.executable, str(script), "7", str(NUM_KILLS), str(killed), *arguments]
    done = subprocess.run(
        [*command, "--epochs", "100000", "--out", str(killed)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) >= 3  # checkpoints that a kill tore: what this test is about
    steps = checkpoint_folder.steps(killed / "checkpoints")[-1]
    epochs = steps // 8 + 2
    assert epochs > 5  # two kills of three come after a new checkpoint, 3 steps on

    for command in (
        ["train", "--resume", str(killed), "--epochs", str(epochs)],
        [*arguments, "--epochs", str(epochs), "--out", str(whole)],
    ):
        subprocess.run([sys.executable, "-m", "gan_keras", *command], check=True)
    assert (killed / "history.csv").read_bytes() == (whole / "history.csv").read_bytes()
    assert (whole / "history.csv").read_text().count("\n") == epochs + 1
    assert contents(killed) == contents(whole)


def contents(folder):
    """Everything in the last checkpoint of a run, as bytes."""
    training = tiny_run.Training(tiny_run.recipe(runs.Run(folder).read_config()["data"]["name"]))
    at = Checkpoint(folder / "checkpoints").restore(training.model)
    return at, np.array(tiny_run.everything(training.model)).tobytes()

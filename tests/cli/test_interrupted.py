"""Runs of the command, in this process, that Ctrl-C or a full disk breaks off."""

import contextlib
import json
import os
import signal
import threading
import time

import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras.cli import main

resource = pytest.importorskip("resource", reason="file size limits are POSIX's")
# As outside of pytest: Keras's saving makes NumPy warn, which only developers are to see.
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def train(*arguments):
    return CliRunner().invoke(main, ["train", *map(str, arguments)])


def begin(tmp_path, *arguments):
    """Trains the smallest ring; the folder is `tmp_path / "run"`."""
    return train(
        *("ring", "--data", tiny_run.write_data(tmp_path / "points.npz")),
        *("--set", "generator.widths=(4,)", "--set", "discriminator.widths=(4,)"),
        *("--batch-size", 8, "--out", tmp_path / "run", *arguments),
    )


def interrupt_after(path):
    """Sends this process what Ctrl-C sends, once `path` is there."""
    until = time.monotonic() + 120
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.01)
    os.kill(os.getpid(), signal.SIGINT)


def test_ctrl_c_saves_and_says_how_to_go_on(tmp_path):
    checkpoints = tmp_path / "run" / "checkpoints"
    threading.Thread(target=interrupt_after, args=[checkpoints / "00000005"], daemon=True).start()
    result = begin(tmp_path, "--epochs", 100_000, "--checkpoint-every", 5)
    assert result.exit_code == 130
    assert not result.stderr
    assert f"gan-keras train --resume {tmp_path / 'run'}" in result.stdout
    state = json.loads((max(checkpoints.iterdir()) / "state.json").read_text())
    assert f"Stopped after step {state['step']}, and saved." in result.stdout


@contextlib.contextmanager
def full_disk(limit):
    """A limit on file sizes, in bytes: writing past it fails where a full disk would."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_full_disk_in_the_middle_of_a_run(tmp_path):
    assert begin(tmp_path, "--epochs", 1).exit_code == 0
    folder = tmp_path / "run"
    checkpoint = folder / "checkpoints" / "00000005"
    before = {path: path.read_bytes() for path in checkpoint.iterdir()}
    assert (checkpoint / "model.keras").stat().st_size > 40_000
    with full_disk(40_000):  # a picture fits
        result = train("--resume", folder, "--epochs", 9, "--checkpoint-every", 5)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert "the checkpoint of step 10 " in line
    assert "00000005', is untouched" in line
    assert [path.name for path in (folder / "checkpoints").iterdir()] == ["00000005"]
    assert {path: path.read_bytes() for path in checkpoint.iterdir()} == before
    assert train("--resume", folder, "--epochs", 2).exit_code == 0

"""Two real processes on loopback, trained by the command: undisturbed, killed, disagreeing."""

import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).parents[2]
TRAIN_SECONDS = 500  # a limit, not an expectation: CI machines have few cores
SETTINGS = (
    *("--set", "generator.widths=(4,)"),
    *("--set", "discriminator.widths=(4,)"),
    *("--set", "moving_average.half_life=50"),
    *("--batch-size", "8"),
)


@pytest.fixture
def data(tmp_path):
    """34 points: an epoch of four steps ends in the middle of a pass."""
    points = np.random.default_rng(0).normal(size=(34, 2)).astype("float32")
    np.savez(tmp_path / "points.npz", x=points)
    return str(tmp_path / "points.npz")


def ports():
    """Two ports that were free a moment ago."""
    with socket.socket() as one, socket.socket() as other:
        for listener in (one, other):
            listener.bind(("localhost", 0))
        return [listener.getsockname()[1] for listener in (one, other)]


class Workers:
    """Two worker processes; the standard error of each goes to a file."""

    def __init__(self, folder, *arguments, only=(0, 1), extra=((), ()), limit=120):
        addresses = [f"localhost:{port}" for port in ports()]
        self.addresses = addresses
        self.started = {}
        self.errors = {}
        for index in only:
            task = {"type": "worker", "index": index}
            environment = {
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "TF_CONFIG": json.dumps({"cluster": {"worker": addresses}, "task": task}),
                "GAN_KERAS_WORKER_TIMEOUT": str(limit),
            }
            self.errors[index] = folder / f"errors-{index}.txt"
            with open(self.errors[index], "w", encoding="utf-8") as errors:
                self.started[index] = subprocess.Popen(
                    [sys.executable, "-m", "gan_keras", "train", *arguments, *extra[index]],
                    env=environment,
                    cwd=folder,
                    stdout=errors,
                    stderr=errors,
                )

    def wait(self, seconds=TRAIN_SECONDS):
        """The exit codes; whoever has not ended by then is killed."""
        deadline = time.monotonic() + seconds
        try:
            return {
                index: process.wait(max(0.1, deadline - time.monotonic()))
                for index, process in self.started.items()
            }
        finally:
            for process in self.started.values():
                process.kill()

    def said(self, index):
        """What a worker printed."""
        return self.errors[index].read_text(encoding="utf-8")


def until(condition, seconds=TRAIN_SECONDS):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def steps(run):
    return sorted(path.name for path in run.glob("checkpoints/[0-9]*"))


def arrays(checkpoint):
    """Hash of each array in a checkpoint: networks, optimizers, random states."""
    with zipfile.ZipFile(checkpoint / "model.keras") as archive:
        weights = checkpoint.parent / "weights.h5"
        weights.write_bytes(archive.read("model.weights.h5"))
    hashes = {}
    with h5py.File(weights) as file:
        file.visititems(
            lambda name, item: (
                hashes.update({name: hashlib.sha256(item[()].tobytes()).hexdigest()})
                if isinstance(item, h5py.Dataset)
                else None
            )
        )
    weights.unlink()
    return hashes


def killed(workers, victim, condition):
    """Kills a worker when `condition` holds; the other must stop in time and say who is gone."""
    until(condition)
    workers.started[victim].send_signal(signal.SIGKILL)
    began = time.monotonic()
    survivor = 1 - victim
    assert workers.started[survivor].wait(60) == 75, workers.said(survivor)
    assert time.monotonic() - began < 30
    assert f"Lost worker {victim} ({workers.addresses[victim]})" in workers.said(survivor)


@pytest.mark.slow
def test_a_killed_worker_is_named_and_all_go_on_bitwise(tmp_path, data):
    epochs = ("--epochs", "12")
    recipe = ("ring", "--data", data, *SETTINGS, *epochs)
    undisturbed, run = tmp_path / "undisturbed", tmp_path / "run"
    whole = Workers(tmp_path, *recipe, "--out", str(undisturbed))
    assert whole.wait() == {0: 0, 1: 0}, whole.said(0) + whole.said(1)

    killed(Workers(tmp_path, *recipe, "--out", str(run)), 1, lambda: steps(run))
    saved = steps(run)[-1]
    again = Workers(tmp_path, "--resume", str(run))
    killed(again, 0, lambda: steps(run)[-1] > saved)
    last = Workers(tmp_path, "--resume", str(run))
    assert last.wait() == {0: 0, 1: 0}, last.said(0) + last.said(1)

    for suffix in ("", "-worker-1"):
        one, other = (Path(f"{path}{suffix}") for path in (run, undisturbed))
        assert steps(one)[-1] == steps(other)[-1] == f"{4 * 12:08d}"
        expected = arrays(other / "checkpoints" / steps(other)[-1])
        assert len(expected) > 20
        assert arrays(one / "checkpoints" / steps(one)[-1]) == expected
        assert (one / "history.csv").read_bytes() == (other / "history.csv").read_bytes()
    assert (run / "generator.keras").exists()
    assert not Path(f"{run}-worker-1", "generator.keras").exists()


@pytest.mark.slow
def test_a_worker_that_never_comes_is_named(tmp_path, data):
    workers = Workers(
        tmp_path, "ring", "--data", data, "--out", str(tmp_path / "run"), only=(0,), limit=2
    )
    assert workers.wait(60) == {0: 75}
    assert f"Waited 2 s for worker 1 ({workers.addresses[1]})" in workers.said(0)
    assert not (tmp_path / "run").exists()


@pytest.mark.slow
def test_workers_that_disagree_are_refused(tmp_path, data):
    workers = Workers(
        tmp_path,
        *("ring", "--data", data, *SETTINGS, "--out", str(tmp_path / "run")),
        extra=((), ("--seed", "1")),
    )
    assert workers.wait() == {0: 2, 1: 2}
    for index in (0, 1):
        assert "Workers disagree: on worker 1" in workers.said(index)
        assert "arguments.seed is 1, not 0 as on worker 0" in workers.said(index)
    assert not (tmp_path / "run").exists()

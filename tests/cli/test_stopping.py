"""What ends a training early, and does not cost it its checkpoint; and memory that runs out."""

import os
import signal

import click
import pytest
import tensorflow as tf
import tiny_run
from click.testing import CliRunner
from rich.console import Console

from gan_keras import cli
from gan_keras.callbacks import checkpoint_folder
from gan_keras.machines import signals


def test_second_ctrl_c_at_once_is_no_second_thought(monkeypatch):
    now, asked = [10.0], []
    monkeypatch.setattr(signals.time, "monotonic", lambda: now[0])
    with signals.stopping(lambda: asked.append(1)) as received:
        os.kill(os.getpid(), signal.SIGINT)
        now[0] = 10.05
        os.kill(os.getpid(), signal.SIGINT)  # nothing is raised
        assert received == [signal.SIGINT]
        now[0] = 11.0
        with pytest.raises(KeyboardInterrupt):
            os.kill(os.getpid(), signal.SIGINT)
    assert asked == [1]


class Unread:
    """A pipe that nobody reads."""

    encoding = "utf-8"

    def write(self, text):
        raise BrokenPipeError

    def flush(self):
        raise BrokenPipeError

    def isatty(self):
        return False


@pytest.mark.parametrize("ends_with", [BrokenPipeError, SystemExit])
def test_output_that_nobody_reads_leaves_a_checkpoint(tmp_path, monkeypatch, ends_with):
    training = tiny_run.training(tiny_run.write_data(tmp_path / "points.npz"), epochs=3)
    run = training.start(tmp_path / "run")
    console = Console(file=Unread())

    def broken():
        raise ends_with

    monkeypatch.setattr(console, "on_broken_pipe", broken)  # Rich's would close pytest's output
    assert training.run(run, console=console) == signal.SIGTERM
    assert checkpoint_folder.steps(run.checkpoints) == [5]  # the first epoch's line stopped it
    assert checkpoint_folder.damage(checkpoint_folder.path_of(run.checkpoints, 5)) is None


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [
        (
            tf.errors.ResourceExhaustedError(None, None, "OOM when allocating [9]\n\nCall stack"),
            1,
            "Error: Not enough memory. Ask for less at once: a smaller --batch-size or --num, "
            "smaller images or networks. TensorFlow says: OOM when allocating [9]\n",
        ),
        (MemoryError("Unable to allocate 7 TiB"), 1, "Error: Not enough memory: Unable to allo"),
        (OverflowError("int too big"), 2, "Error: A number is too large (int too big). Take one"),
        (FloatingPointError("nan"), 1, "Error: nan\n"),
    ],
)
def test_memory_that_runs_out_is_one_line(error, code, message):
    @click.group(cls=cli.Group)
    @click.option("--traceback", is_flag=True)
    def group(traceback):
        pass

    @group.command()
    def fail():
        raise error

    result = CliRunner().invoke(group, ["fail"])
    assert result.exit_code == code
    assert result.stderr.startswith(message)
    assert result.stderr.count("\n") == 1
    assert CliRunner().invoke(group, ["--traceback", "fail"]).exception is error


def test_other_errors_stay_what_they_are():
    @click.group(cls=cli.Group)
    @click.option("--traceback", is_flag=True)
    def group(traceback):
        pass

    @group.command()
    def fail():
        raise KeyError("a fault of ours")

    assert isinstance(CliRunner().invoke(group, ["fail"]).exception, KeyError)

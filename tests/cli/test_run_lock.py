"""The lock of a run folder."""

import os
import subprocess
import sys

import pytest
import tiny_run
from click.testing import CliRunner

from gan_keras.cli import main
from gan_keras.running import lock

pytest.importorskip("fcntl", reason="the locks are POSIX's")


def test_second_holder_is_refused_and_told_who(tmp_path):
    with lock.held(tmp_path):
        with (
            pytest.raises(ValueError, match=rf"by another process \(its number is {os.getpid()}\)"),
            lock.held(tmp_path),
        ):
            pass
        assert (tmp_path / lock.NAME).is_file()
    assert not list(tmp_path.iterdir())
    with lock.held(tmp_path):
        pass


def test_killed_holder_leaves_no_lock(tmp_path):
    script = (
        "import sys, time\nfrom gan_keras.running import lock\n"
        "with lock.held(sys.argv[1]):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(ValueError, match=rf"its number is {other.pid}\)"), lock.held(tmp_path):
            pass
        other.kill()
        other.wait()
        assert (tmp_path / lock.NAME).is_file()
        with lock.held(tmp_path):
            assert (tmp_path / lock.NAME).read_text() == f"{os.getpid()}\n"


def test_where_there_are_no_locks_nothing_is_locked(tmp_path, monkeypatch):
    with lock.held(tmp_path / "missing"):
        pass
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with lock.held(tmp_path), lock.held(tmp_path):
        assert not list(tmp_path.iterdir())


def test_two_resumes_of_one_run(tmp_path):
    training = tiny_run.training(tiny_run.write_data(tmp_path / "points.npz"), epochs=1)
    run = training.start(tmp_path / "run")
    training.run(run)
    assert not (run.folder / lock.NAME).exists()
    before = {path: path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
    with lock.held(run.folder):
        arguments = ["train", "--resume", str(run.folder), "--epochs", "2"]
        result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert f"its number is {os.getpid()})" in result.stderr
    assert result.stderr.count("\n") == 1
    assert before == {path: path.read_bytes() for path in run.folder.rglob("*") if path.is_file()}
    assert CliRunner().invoke(main, arguments).exit_code == 0

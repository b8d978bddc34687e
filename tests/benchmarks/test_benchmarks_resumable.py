"""A benchmark of many runs: each is made once, whoever starts it how often."""

import json
import multiprocessing
import os
import pathlib
import signal
import tempfile
import time

import pytest

from benchmarks import resumable

KEYS = [{"row": "wgan", "seed": seed} for seed in (0, 1, 0)]


@pytest.fixture
def lines(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))  # a child is told as well
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(resumable, "import_tensorflow", None)  # these runs need none
    return tmp_path / "lines.jsonl"


def noted(*, row, seed, folder):
    """A run that leaves a file behind, and its line."""
    (pathlib.Path(folder) / f"{seed}.made").touch(exist_ok=False)
    return {"row": row, "seed": seed, "process": os.getpid()}


def slow(*, row, seed, folder):
    """A run that says that it has begun, and takes as long as whoever started it."""
    (pathlib.Path(folder) / "begun").touch()
    while multiprocessing.parent_process().is_alive():
        time.sleep(0.05)


def start_slow(lines):
    resumable.import_tensorflow = None
    list(resumable.run_missing(slow, lines, KEYS[:1], folder=str(lines.parent)))


def failing():
    raise ValueError("no images here")


def killed():
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_torn_line_costs_no_other_one(tmp_path):
    path = tmp_path / "lines.jsonl"
    assert resumable.read(path) == []
    resumable.append(path, {"a": 1})
    with open(path, "a") as file:
        file.write('{"b": 2, "to')
    assert resumable.read(path) == [{"a": 1}]
    resumable.append(path, {"c": 3})
    resumable.append(path, {"d": 4})
    assert resumable.read(path) == [{"a": 1}, {"c": 3}, {"d": 4}]


def test_a_run_is_made_once_and_in_a_process_of_its_own(lines):
    found = list(resumable.run_missing(noted, lines, KEYS, folder=str(lines.parent)))
    assert [line["seed"] for line in found] == [0, 1]
    assert len({os.getpid(), *(line["process"] for line in found)}) == 3
    assert resumable.read(lines) == found
    assert not list(resumable.run_missing(noted, lines, KEYS, folder=str(lines.parent)))


def test_what_is_done_can_be_more_than_a_line(lines):
    resumable.append(lines, KEYS[0])
    how = {"is_done": lambda path, key: False, "folder": str(lines.parent)}
    assert [line["seed"] for line in resumable.run_missing(noted, lines, KEYS[:1], **how)] == [0]


def test_a_run_that_another_process_is_at_is_left_to_it_until_that_is_killed(lines):
    other = multiprocessing.get_context("spawn").Process(target=start_slow, args=(lines,))
    other.start()
    how = {"folder": str(lines.parent)}
    try:
        deadline = time.monotonic() + 60
        while not (lines.parent / "begun").exists():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        assert [line["seed"] for line in resumable.run_missing(noted, lines, KEYS, **how)] == [1]
    finally:
        other.kill()
        other.join()
    assert [line["seed"] for line in resumable.run_missing(noted, lines, KEYS, **how)] == [0]


def test_what_a_run_raises_is_raised_and_a_killed_one_is_not_waited_for():
    with pytest.raises(ValueError, match="no images here"):
        resumable.in_process(failing)
    with pytest.raises(RuntimeError, match="terminated abruptly"):
        resumable.in_process(killed)


def told(lines, *words):
    """What a benchmark of one run gives for switches."""
    arguments = resumable.parser("Doc.").parse_args(words)
    how = {"told": str, "folder": str(lines.parent)}
    return resumable.lines_of(arguments, noted, lines, KEYS[:1], **how)


def test_a_report_runs_nothing_and_a_quick_benchmark_keeps_nothing(lines):
    assert told(lines, "--report") == []
    assert [line["seed"] for line in told(lines, "--quick")] == [0]
    assert not lines.exists()
    (lines.parent / "0.made").unlink()
    found = told(lines)
    assert json.loads(lines.read_text()) == found[0]
    assert told(lines, "--report") == found

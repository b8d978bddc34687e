"""The mode benchmark: who makes which run, and its table."""

import json
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

import modes  # noqa: E402

LINE = {"task": "ring", "method": "pacgan", "reverse_kl": 0.5, "high_quality": 0.9}
LINE |= {"epochs": 4, "batch_size": 100, "packing": 2, "cpu_seconds": 60.4, "settings": {}}


@pytest.fixture
def lines(tmp_path, monkeypatch):
    path = tmp_path / "modes.jsonl"
    monkeypatch.setattr(modes, "LINES", path)
    monkeypatch.setattr(modes.tempfile, "gettempdir", lambda: str(tmp_path))
    return path


def test_a_run_is_made_once(lines, monkeypatch):
    made = []

    def run(task, method, seed):
        made.append((task, method, seed))
        modes.run_if_missing(task, method, seed)  # as another process would while this one runs
        return {**LINE, "seed": seed}

    monkeypatch.setattr(modes, "run", run)
    for seed in (0, 1, 0):
        modes.run_if_missing("ring", "pacgan", seed)
    assert made == [("ring", "pacgan", 0), ("ring", "pacgan", 1)]
    assert [json.loads(line)["seed"] for line in lines.read_text().splitlines()] == [0, 1]


def test_a_lock_holds_between_processes_and_goes_with_its_process(lines, tmp_path):
    code = (
        "import sys, tempfile; sys.path.insert(0, sys.argv[1]); import modes\n"
        "tempfile.tempdir = sys.argv[2]\n"
        "with modes.locked('ring', 0, wait=False) as mine: print(mine, flush=True); input()\n"
    )
    command = [sys.executable, "-c", code, str(ROOT / "benchmarks"), str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "True\n"
        with modes.locked("ring", 0, wait=False) as mine:
            assert not mine
        with modes.locked("ring", 1, wait=False) as mine:
            assert mine
        other.kill()
    with modes.locked("ring", 0, wait=False) as mine:
        assert mine


def test_table():
    rows = modes.table([{**LINE, "modes": 8, "seed": 0}, {**LINE, "modes": 6, "seed": 1}])
    # The standard deviation of 8 and 6, divided by n - 1: sqrt(2)
    cells = "7.0 ± 1.4 | 90.0% ± 0.0% | 0.500 ± 0.000 | 4, 100 | 60 ± 0"
    expected = f"| ring, 8 modes | ours, PacGAN2 | 2 | {cells} |"
    assert expected in rows.splitlines()
    assert len({row.count("|") for row in rows.splitlines()}) == 1


def test_every_method_is_a_recipe_that_builds():
    from gan_keras import recipes

    for name, methods in modes.TASKS.values():
        assert set(methods) == set(modes.METHODS)
        for changes in methods.values():
            recipes.get(name).with_settings(changes)

"""A benchmark of many runs: each is made once, whoever starts it how often."""

import pathlib
import subprocess
import sys

import pytest

BENCHMARKS = pathlib.Path(__file__).resolve().parents[2] / "benchmarks"
sys.path.insert(0, str(BENCHMARKS))

import json_lines  # noqa: E402
import resumable  # noqa: E402

KEYS = [{"row": "wgan", "seed": seed} for seed in (0, 1, 0)]


@pytest.fixture
def lines(tmp_path, monkeypatch):
    monkeypatch.setattr(resumable.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path / "lines.jsonl"


def test_a_run_is_made_once(lines, monkeypatch):
    made = []

    def run(script, settings):
        made.append(settings["seed"])
        # As another process would while this one runs.
        assert not list(resumable.run_missing(script, lines, KEYS[:1] * (settings["seed"] == 0)))
        return {**settings, "score": 1.0}

    monkeypatch.setattr(resumable, "in_process", run)
    found = list(resumable.run_missing("script.py", lines, KEYS, num=5))
    assert made == [0, 1]
    assert found == [{**key, "num": 5, "score": 1.0} for key in KEYS[:2]]
    assert json_lines.read(lines) == found
    assert not list(resumable.run_missing("script.py", lines, KEYS))


def test_what_is_done_can_be_more_than_a_line(lines, monkeypatch):
    json_lines.append(lines, KEYS[0])
    monkeypatch.setattr(resumable, "in_process", lambda script, settings: settings)
    made = resumable.run_missing("script.py", lines, KEYS[:1], is_done=lambda path, key: False)
    assert list(made) == KEYS[:1]


def test_a_lock_holds_between_processes_and_goes_with_its_process(lines, tmp_path):
    code = (
        "import sys, tempfile; sys.path.insert(0, sys.argv[1]); import resumable\n"
        "tempfile.tempdir = sys.argv[2]\n"
        "with resumable.locked(sys.argv[3], {'seed': 0}, wait=False) as mine:\n"
        "    print(mine, flush=True); input()\n"
    )
    command = [sys.executable, "-c", code, str(BENCHMARKS), str(tmp_path), str(lines)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "True\n"
        with resumable.locked(lines, {"seed": 0}, wait=False) as mine:
            assert not mine
        with resumable.locked(lines, {"seed": 1}, wait=False) as mine:
            assert mine
        other.kill()
    with resumable.locked(lines, {"seed": 0}, wait=False) as mine:
        assert mine


def test_a_run_that_fails_says_its_last_words(tmp_path):
    script = tmp_path / "script.py"
    script.write_text("import sys\nprint(sys.argv[2])\n")
    assert resumable.in_process(script, {"seed": 3}) == {"seed": 3}
    script.write_text("raise SystemExit('no images here')")
    with pytest.raises(RuntimeError, match="no images here"):
        resumable.in_process(script, {})

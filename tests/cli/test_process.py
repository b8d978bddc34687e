"""What needs a process of its own: how fast help is, a signal from outside, a read-only folder."""

import json
import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest
import tiny_run

import gan_keras

COMMAND = [sys.executable, "-m", "gan_keras"]
TINY = [
    *("--set", "generator.widths=(4,)", "--set", "discriminator.widths=(4,)"),
    *("--batch-size", "8"),
]


@pytest.mark.parametrize("arguments", [["--help"], ["train", "--help"], ["list"], ["--version"]])
def test_help_is_quick_and_imports_nothing_heavy(arguments):
    before = os.times()
    done = subprocess.run([*COMMAND, *arguments], capture_output=True, text=True, check=True)
    after = os.times()
    assert done.stdout
    # CPU seconds: what it takes on a machine that has nothing else to do
    assert after.children_user + after.children_system < (
        before.children_user + before.children_system + 0.5
    )

    code = f"import sys; from gan_keras.cli import main; main({arguments}, standalone_mode=False)"
    code += "\nprint(sorted({'tensorflow', 'keras', 'numpy', 'matplotlib'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_reader_that_leaves_is_no_error():
    command = " ".join([*COMMAND, "list"])
    done = subprocess.run(f"{command} | true", shell=True, capture_output=True, check=False)
    assert done.stderr == b""


def start(*arguments):
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(path):
    for _ in range(1200):
        if path.exists():
            return
        time.sleep(0.05)
    raise TimeoutError(path)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (signal.SIGTERM, 75),  # EX_TEMPFAIL: a scheduler may start it again
        pytest.param(signal.SIGINT, 130, marks=pytest.mark.slow),  # fast in test_interrupted.py
    ],
)
def test_signal_saves_and_says_how_to_go_on(number, code, tmp_path):
    data = tiny_run.write_data(tmp_path / "points.npz")
    folder = tmp_path / "run"
    many = ["--epochs", 100_000, "--checkpoint-every", 5]
    process = start("train", "ring", "--data", data, *TINY, *many, "--out", folder)
    wait_for(folder / "checkpoints" / "00000005")
    process.send_signal(number)
    output, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert not errors
    assert f"gan-keras train --resume {folder}" in output
    newest = max((folder / "checkpoints").iterdir())
    state = json.loads((newest / "state.json").read_text())
    assert f"Stopped after step {state['step']}, and saved." in output


def test_read_only_folder(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    data = "ring"
    process = start("train", "ring", "--data", data, *TINY, "--out", tmp_path / "run")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Permission denied" in errors


def test_notebook_and_ascii_terminal(tmp_path):
    """What a notebook sets for its own pictures is not for ours; ± has a spelling in ASCII."""
    np.savez(tmp_path / "a.npz", x=np.random.default_rng(0).normal(size=(60, 2)).astype("float32"))
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
    metrics = ["--metrics", "sliced_wasserstein", "--num", "60"]
    done = subprocess.run(
        [*COMMAND, "evaluate", "a.npz", "--against", "ring", *metrics],
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": os.path.dirname(os.path.dirname(gan_keras.__file__))},
        capture_output=True,
        check=True,
    )
    assert b"+/-" in done.stdout
    code = "import gan_keras.cli, gan_keras.kinds.scatter as s; s.scatter([[0, 0]])"
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert done.returncode == 0, done.stderr

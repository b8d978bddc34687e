"""What needs a process of its own: how fast help is, signals, a disk that is full."""

import json
import os
import signal
import subprocess
import sys
import time

import pytest
import tiny_run

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
        (signal.SIGINT, 130),
    ],
)
def test_signal_saves_and_says_how_to_go_on(number, code, tmp_path):
    data = tiny_run.write_data(tmp_path / "points.npz")
    folder = tmp_path / "run"
    many = ["--epochs", 100_000]
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


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX's")
def test_full_disk_in_the_middle_of_a_run(tmp_path):
    """A limit on file sizes stands in for the disk: writing past it fails in the same place."""
    data = tiny_run.write_data(tmp_path / "points.npz")
    folder = tmp_path / "run"
    arguments = ["train", "ring", "--data", data, *TINY, "--epochs", 1, "--out", folder]
    assert start(*arguments).wait(120) == 0
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    limited = (
        "import resource, sys; from gan_keras.commands import quiet; quiet.import_tensorflow();"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000));"
        "from gan_keras.cli import main; main(sys.argv[1:])"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "train", "--resume", folder, "--epochs", "9"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "00000005', is untouched" in done.stderr
    checkpoint = folder / "checkpoints" / "00000005"
    assert [path.name for path in (folder / "checkpoints").iterdir()] == ["00000005"]
    assert all(path.read_bytes() == before[path] for path in checkpoint.iterdir())
    done = start("train", "--resume", folder, "--epochs", 2)
    assert done.wait(120) == 0


def test_read_only_folder(tmp_path):
    if os.geteuid() == 0:
        pytest.skip("root may write anywhere")
    tmp_path.chmod(0o500)
    data = "ring"
    process = start("train", "ring", "--data", data, *TINY, "--out", tmp_path / "run")
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "Permission denied" in errors

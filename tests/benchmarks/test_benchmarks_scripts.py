"""Every benchmark that can be started says what it takes, without what only its work needs."""

import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCRIPTS = [
    path
    for path in sorted((ROOT / "benchmarks").rglob("*.py"))
    if '__name__ == "__main__"' in path.read_text(encoding="utf-8")
]
# As if nothing heavy were installed: whoever imports it for `--help` fails.
HELP = """
import runpy, sys
sys.modules |= dict.fromkeys(("tensorflow", "keras", "torch", "scipy", "prdc", "torch_fidelity"))
sys.argv = [sys.argv[1], "--help"]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@pytest.mark.slow  # a process each
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_help(script):
    module = ".".join(script.relative_to(ROOT).with_suffix("").parts)
    command = [sys.executable, "-c", HELP, module]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("usage: ")


def test_no_two_files_have_one_name():
    names = [path.stem for path in (ROOT / "benchmarks").rglob("*.py") if path.stem != "__init__"]
    assert len(SCRIPTS) >= 20
    assert sorted(set(names)) == sorted(names)

"""A benchmark of many runs, which may be stopped and started at will, and several times at once.

A finished run is a line of a file. Each run is a process of its own, so that none pays for another
one's memory or threads: the benchmark's script, called with `--one` and the run's settings as JSON,
prints the line.
"""

import argparse
import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import json_lines
import report

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def parser(script_doc):
    """An argument parser with the switches that all these benchmarks have."""
    made = argparse.ArgumentParser(description=script_doc.split("\n", maxsplit=1)[0])
    made.add_argument("--report", action="store_true", help="only write the page from the lines")
    made.add_argument("--quick", action="store_true", help="try everything, and keep nothing")
    made.add_argument("--one", help=argparse.SUPPRESS)
    return made


def named(parser, text, known, what):
    """The names in `text`, commas between; a usage error that lists `known` for others."""
    names = text.split(",")
    if unknown := set(names) - set(known):
        parser.error(f"unknown {what}{', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return names


def has_line(path, key):
    """Whether the file has a line with these values."""
    lines = json_lines.read(path)
    return any(all(line.get(name) == key[name] for name in key) for line in lines)


def run_missing(script, path, keys, *, is_done=has_line, **settings):
    """Makes, one after the other, the runs that have no line yet and that nobody else is at.

    Args:
        script: the benchmark's `__file__`.
        path: of the lines.
        keys: a dict for each run: what tells it from the others, as its line has it too.
        settings: what else the script is told of each run.

    Yields:
        The line of each run made, after it was written.

    Raises:
        RuntimeError: a run failed; its last words.
    """
    for number, key in enumerate(keys, start=1):
        with locked(path, key, wait=False) as mine:
            if not mine or is_done(path, key):
                continue
            words = ", ".join(f"{name} {value}" for name, value in key.items())
            print(f"{number} of {len(keys)}: {words}", flush=True)
            line = in_process(script, {**key, **settings})
            with locked(path):
                json_lines.append(path, line)
        yield line


@contextlib.contextmanager
def locked(path, key=None, *, wait=True):
    """A lock between processes, of a file or of a run in it; gives whether it is ours.

    It goes when its process does.
    """
    name = hashlib.sha256(f"{pathlib.Path(path).resolve()} {json.dumps(key)}".encode()).hexdigest()
    with open(pathlib.Path(tempfile.gettempdir()) / f"gan_keras-{name[:16]}", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


def in_process(script, settings):
    """The line that `script --one` prints last, from a process of its own."""
    paths = (str(report.ROOT), os.environ.get("PYTHONPATH"))
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in paths if path)}
    command = [sys.executable, str(pathlib.Path(script).resolve()), "--one", json.dumps(settings)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        words = done.stderr.strip().splitlines()
        raise RuntimeError(f"{' '.join(command)}: {words[-1] if words else 'no message'}")
    return json.loads(done.stdout.strip().splitlines()[-1])

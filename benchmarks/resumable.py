"""A benchmark of many runs, which may be stopped and started at will, and several times at once.

A finished run is a line of a file of JSON lines. Each run is a process of its own, so that none
pays for another one's memory or threads.
"""

import argparse
import concurrent.futures
import contextlib
import fcntl
import hashlib
import json
import multiprocessing
import os
import pathlib
import tempfile

from gan_keras.commands.quiet import import_tensorflow

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


def parser(doc):
    """An argument parser with the switches that all these benchmarks have."""
    made = argparse.ArgumentParser(description=doc.split("\n", maxsplit=1)[0])
    made.add_argument("--report", action="store_true", help="only write the page from the lines")
    made.add_argument("--quick", action="store_true", help="try everything, and keep nothing")
    return made


def named(parser, text, known, what):
    """The names in `text`, commas between; a usage error that lists `known` for others."""
    names = text.split(",")
    if unknown := set(names) - set(known):
        parser.error(f"unknown {what}{', '.join(sorted(unknown))}; there are {', '.join(known)}")
    return names


def seeded(rows, seeds, *, once=("held_out",), quick=False):
    """A key for each row and seed, seed by seed, so that each row soon has one.

    Args:
        rows: names.
        seeds: how many each has.
        once: rows that do not depend on a seed, and have one: what is real.
        quick: whether one is enough for all.
    """
    return [
        {"row": row, "seed": seed}
        for seed in range(1 if quick else seeds)
        for row in rows
        if seed == 0 or row not in once
    ]


def read(path):
    """The dicts in a file of JSON lines; none if it is not there. Torn lines are left out."""
    lines = []
    for text in path.read_text(encoding="utf-8").split("\n") if path.exists() else []:
        with contextlib.suppress(json.JSONDecodeError):
            lines.append(json.loads(text))
    return lines


def append(path, values):
    """Adds a line, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+b", buffering=0) as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
        start = b"" if file.read(1) in (b"", b"\n") else b"\n"  # a torn line ends here
        file.write(start + json.dumps(values).encode() + b"\n")  # at once: others append, too
        os.fsync(file.fileno())


def has_line(path, key):
    """Whether the file has a line with these values."""
    return any(all(line.get(name) == key[name] for name in key) for line in read(path))


def lines_of(arguments, one_run, path, keys, *, told, is_done=has_line, **settings):
    """All lines of a benchmark, after those that are missing were made.

    Args:
        arguments: of `parser`. With `--report` nothing is run. With `--quick` all is made anew, in
            a temporary folder, and so is what `settings` has as `pictures`.
        one_run: function of a key and the settings that makes a run: its line.
        path: of the lines.
        keys: a dict for each run: what tells it from the others, as its line has it too.
        told: function from a line to a few words, which are printed once it is written.
        is_done: function of (path, key): whether a run need not be made.
        settings: what else each run is told.
    """
    with tempfile.TemporaryDirectory() as folder:
        if arguments.quick:
            path = pathlib.Path(folder) / path.name
            settings |= {"pictures": folder} if "pictures" in settings else {}
        if not arguments.report:
            for line in run_missing(one_run, path, keys, is_done=is_done, **settings):
                print(f"  {told(line)}", flush=True)
        return read(path)


def lines_of_rows(doc, one_run, path, rows, *, once=("held_out",), **settings):
    """The arguments of a benchmark of rows and seeds, and its lines after what is missing was made.

    Args:
        doc: of the module; see `parser`.
        one_run, path, settings: of `lines_of`; runs are told `quick`, too.
        rows: dict of all rows, of which --rows chooses.
        once: see `seeded`.
    """
    made = parser(doc)
    made.add_argument("--seeds", type=int, default=3)
    made.add_argument("--rows", default=",".join(rows))
    arguments = made.parse_args()
    keys = seeded(
        named(made, arguments.rows, rows, "rows "),
        arguments.seeds,
        once=once,
        quick=arguments.quick,
    )
    return arguments, lines_of(
        arguments,
        one_run,
        path,
        keys,
        told=lambda line: str(line["scores"]),
        quick=arguments.quick,
        **settings,
    )


def run_missing(one_run, path, keys, *, is_done=has_line, **settings):
    """Makes, one after the other, the runs that have no line yet and that nobody else is at.

    Yields:
        The line of each run made, after it was written.
    """
    for number, key in enumerate(keys, start=1):
        with claimed(path, key) as mine:
            if not mine or is_done(path, key):
                continue
            words = ", ".join(f"{name} {value}" for name, value in key.items())
            print(f"{number} of {len(keys)}: {words}", flush=True)
            line = in_process(one_run, before=import_tensorflow, **key, **settings)
            append(path, line)
        yield line


@contextlib.contextmanager
def claimed(path, key):
    """Whether a run is ours to make: of all processes, one at a time. Its claim goes with it."""
    name = hashlib.sha256(f"{path.resolve()} {json.dumps(key)}".encode()).hexdigest()[:16]
    with open(pathlib.Path(tempfile.gettempdir()) / f"gan_keras-{name}", "w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def in_process(function, *, before=None, **arguments):
    """What a function of a module gives, called in a new process; what it raises is raised here.

    Args:
        function: what is called.
        before: function without arguments that the process begins with.
        arguments: of `function`; they and what it gives are pickled.
    """
    new = multiprocessing.get_context("spawn")
    with concurrent.futures.ProcessPoolExecutor(1, new, before) as process:
        return process.submit(function, **arguments).result()

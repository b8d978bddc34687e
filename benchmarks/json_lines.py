"""A file of JSON lines that grows by one whole line at a time, whatever is killed when."""

import json
import os


def read(path):
    """The dicts in the file; none if it is not there. A torn last line is left out."""
    if not path.exists():
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1] if line]  # what has no end is torn


def append(path, values):
    """Adds a line, on the disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "a+b") as file:
        if file.tell():
            file.seek(-1, os.SEEK_END)
            if file.read(1) != b"\n":  # the torn line becomes one of its own, of no use
                _drop_torn_line(file)
        file.write(json.dumps(values).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _drop_torn_line(file):
    file.seek(0)
    whole = file.read().rpartition(b"\n")
    file.truncate(len(whole[0]) + len(whole[1]))

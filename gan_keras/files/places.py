"""Places that files are to go to, looked at before anything is done that takes time."""

import contextlib
import os
from pathlib import Path


def check_folder(folder):
    """Raises ValueError if files can't be written into a folder that is there, or is to be made."""
    folder = Path(folder)
    existing = next(path for path in (folder, *folder.parents) if path.exists())
    if not existing.is_dir():
        raise ValueError(f"'{existing}' is a file, so nothing can lie in it. Give another --out.")
    if not os.access(existing, os.W_OK | os.X_OK):
        raise ValueError(f"You may not write into '{existing}'. Give another --out.")


def check_adds_lines(path):
    """Raises ValueError unless scores can be added to `path`: a new file, or one of JSON lines."""
    path = Path(path)
    if path.is_symlink():
        raise ValueError(f"'{path}' is a link, which scores are not written through. Name a file.")
    if path.is_dir():
        raise ValueError(f"'{path}' is a folder. Name a file, such as {path}/scores.jsonl")
    if path.exists() and not path.is_file():
        raise ValueError(f"'{path}' is no file but a pipe or a device. Name a file.")
    with open(path, "rb") if path.exists() else contextlib.nullcontext([]) as lines:
        first = next((line for line in lines if line.strip()), b"{")
    if not first.lstrip().startswith(b"{"):
        raise ValueError(
            f"'{path}' holds something else than scores, one JSON line each. Name another file, "
            "such as scores.jsonl"
        )

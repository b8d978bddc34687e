"""Files that are whole or not there: written under a temporary name, flushed, renamed."""

import contextlib
import os
from pathlib import Path


@contextlib.contextmanager
def replacing(path):
    """A temporary path beside `path`, which takes its place when the block ends well.

    Whatever happens in between (a kill, a full disk), `path` holds the old file or the new one.

    Args:
        path: where the file goes; its folder is made. The temporary name keeps the suffix.
    """
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".writing-{os.getpid()}-{path.name}")
    try:
        yield temporary
        flush(temporary)
        os.replace(temporary, path)
        flush(path.parent)
    except OSError as error:
        if error.filename == str(temporary):
            error.filename = str(path)  # what a user knows
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_text(path, text):
    """Writes the whole of a text file, or nothing of it."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


def flush(path):
    """Has the system put a file, or a folder's list of names, on the disk."""
    path = Path(path)
    if path.is_dir() and os.name == "nt":
        return  # Windows opens no folders
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


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

"""Files that are whole or not there: written under a temporary name, flushed, renamed."""

import contextlib
import os
import shutil
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


@contextlib.contextmanager
def new_folder(path):
    """A temporary folder beside `path`, which takes its name when the block ends well.

    Args:
        path: of a folder that is not there yet.
    """
    temporary = path.with_name(f".writing-{path.name}")
    temporary.mkdir(parents=True)
    try:
        yield temporary
        os.rename(temporary, path)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


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

"""One process at a time in a run folder: the kernel's lock, which dies with its holder."""

import contextlib
import os
from pathlib import Path

NAME = ".lock"


@contextlib.contextmanager
def held(folder):
    """Holds the lock of a run folder while the block runs.

    A process that is killed leaves the file but no lock. Where a folder can't be written, or the
    system knows no such locks (Windows, some network disks), nothing is locked.

    Args:
        folder: of the run.

    Raises:
        ValueError: another process trains in the folder; its number is named.
    """
    file = taken(Path(folder) / NAME)
    try:
        yield
    finally:
        if file is not None:
            with contextlib.suppress(OSError):
                os.unlink(file.name)  # before it is let go: else it might be the next one's
            file.close()


def taken(path):
    """The open, locked file; None where there are no locks."""
    try:
        import fcntl
    except ImportError:
        return None
    while True:
        try:
            file = open(path, "a+", encoding="utf-8", opener=without_links)  # noqa: SIM115
        except OSError:
            return None
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise ValueError(
                f"'{path.parent}' is being trained by another process (its number is {holder}). "
                "Wait for its end, or stop it, then go on with --resume."
            ) from None
        except OSError:
            file.close()
            return None
        if is_same(file, path):
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
            return file
        file.close()  # its holder removed it while we opened it: try the new one


def without_links(path, flags):
    """Opens a file, but follows no link to one: a stranger's run may hold some."""
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0), 0o666)


def is_same(file, path):
    """Whether an open file is the one that has the name now."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), os.stat(path))
    except OSError:
        return False

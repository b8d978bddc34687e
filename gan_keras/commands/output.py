"""Where a command writes what it made of a run, checked before anything slow begins."""

from pathlib import Path

from gan_keras import files


def new_file(run, out, *, stem, suffix, also=(), beside=()):
    """The path of a file that is not there yet.

    Args:
        run: a `runs.Run`.
        out: what --out says, or None for the first free RUN/stem-N.
        stem: what the file is called in the run's folder.
        suffix: how it ends, ".png"; "" for a folder.
        also: how else --out may end.
        beside: suffixes of further files of that name, which must not be there either.

    Raises:
        ValueError: it exists already, or ends in something else.
    """
    if out is None:
        return run.free_path(stem, suffix)
    if not out.strip():
        raise ValueError("--out is empty. Give a path.")
    out = Path(out)
    allowed = (suffix, *also)
    if out.suffix not in allowed:
        wanted = [f"ends in {', '.join(filter(None, allowed))}"] if any(allowed) else []
        wanted += ["is a folder, its name without a dot"] if "" in allowed else []
        raise ValueError(f"--out {', or '.join(wanted)}. Received: '{out}'")
    for path in (out, *(out.with_suffix(other) for other in beside)):
        if path.exists():
            raise ValueError(f"'{path}' exists already. Give another --out.")
    files.check_folder(out.parent)
    out.parent.mkdir(parents=True, exist_ok=True)
    return out

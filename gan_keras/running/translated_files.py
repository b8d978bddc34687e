"""The files that somebody wants translated, and what the results are called."""

from pathlib import Path

from gan_keras.data import folder


def listed(path, suffix=".png", paths=folder.image_paths):
    """The files that a path names, each with the name of what is made of it.

    Args:
        path: a file, or a folder, which is read at every depth.
        suffix: how the names end.
        paths: function from a folder to the files in it. Defaults to images.

    Returns:
        Dict from file to a relative `Path` that ends in `suffix`.

    Raises:
        ValueError: nothing is there, or two files would have one name.
    """
    path = Path(path)
    if path.is_file():
        return {path: Path(f"{path.stem}{suffix}")}
    if not path.is_dir():
        raise ValueError(f"There is no image, and no folder, '{path}'.")
    found = {one: one.relative_to(path).with_suffix(suffix) for one in paths(path)}
    taken = {}
    for one, name in found.items():
        if name in taken:
            raise ValueError(
                f"'{taken[name]}' and '{one}' would both become '{name}'. Rename one of them."
            )
        taken[name] = one
    return found

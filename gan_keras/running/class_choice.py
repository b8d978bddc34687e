"""Which class the command line means, by its number or by its name."""

from gan_keras.spelling import nearest


def number_of(text, run):
    """The number of a class of a run; None for None.

    Args:
        text: what --label gave: a number, or a name as the run's data have it. Names go first.
        run: a `runs.Run`.

    Raises:
        ValueError: no class has this name.
    """
    if text is None:
        return None
    names = names_of(run) or []
    if text in names:
        return names.index(text)
    num_classes = run.read_config().get("data", {}).get("num_classes")
    known = nearest(text, names) if names else ""
    if not known and isinstance(num_classes, int):
        known = f" Its classes are 0 to {num_classes - 1}."
    try:
        number = int(text)
    except ValueError:
        raise ValueError(f"'{run.folder}' has no class '{text}'.{known}") from None
    if isinstance(num_classes, int) and not 0 <= number < num_classes:
        raise ValueError(f"'{run.folder}' has no class {number}.{known}")
    return number


def names_of(run):
    """Names of the classes of a run's data, in their order; None where there are none."""
    found = run.read_config().get("data", {}).get("class_names")
    if found is not None and not isinstance(found, list):
        raise ValueError(
            f"'{run.config_file}' is damaged: 'class_names' is {found!r}, not a list of names. "
            "Start the run again."
        )
    return found

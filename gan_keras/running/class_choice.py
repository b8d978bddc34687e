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
    try:
        return int(text)
    except ValueError:
        known = nearest(text, names) if names else " Its classes have numbers alone."
        raise ValueError(f"'{run.folder}' has no class '{text}'.{known}") from None


def names_of(run):
    """Names of the classes of a run's data, in their order; None where there are none."""
    return run.read_config().get("data", {}).get("class_names")

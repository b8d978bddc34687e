"""Series as tables, for the scores that tables have."""

import numpy as np


def flat(samples, kind, labels=None):
    """A row a series: its attributes, and a column for each channel and step.

    Args:
        samples: stored series (n, steps, channels).
        kind: their `kinds.Signals`.
        labels: int (n,), their classes, or None.

    Returns:
        A dict from name to float64 or object (n,).
    """
    found = {}
    if labels is not None and kind.attributes:
        rows = np.array(kind.combinations, object)[np.asarray(labels)]
        found = {name: rows[:, place] for place, name in enumerate(kind.attributes)}
    values = kind.decode(samples)
    for place, name in enumerate(kind.channel_names):
        for step in range(kind.shape[0]):
            found[f"{name}@{step}"] = values[:, step, place]
    return found


def changes(samples, kind):
    """A row a series: a column for each channel and step, of the change from the step before."""
    values = np.diff(kind.decode(samples), axis=1)
    return {
        f"{name}@{step + 1}": values[:, step, place]
        for place, name in enumerate(kind.channel_names)
        for step in range(kind.shape[0] - 1)
    }


def readings(samples, kind):
    """A row a reading, a column a channel: all series in one, without their order in time."""
    values = kind.decode(samples).reshape(-1, kind.shape[1])
    return {name: values[:, place] for place, name in enumerate(kind.channel_names)}

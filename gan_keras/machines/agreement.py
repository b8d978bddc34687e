"""What all workers of a training must agree on; each function is called by all of them together."""

import functools
import json

import numpy as np
import tensorflow as tf

from gan_keras.machines import workers


def gather(value, strategy):
    """What each worker passed, in their order: a list as long as there are workers.

    Args:
        value: anything that JSON can hold.
        strategy: the `tf.distribute` strategy, or None.
    """
    if workers.count() == 1:
        return [value]
    text = np.frombuffer(json.dumps(value).encode(), "uint8")
    length = int(_gathered(np.array([len(text)]), strategy).max())
    padded = np.pad(text, (0, length - len(text)), constant_values=ord(" "))
    return [json.loads(bytes(row)) for row in _gathered(padded, strategy).astype("uint8")]


def check_same(config, strategy):
    """Raises ValueError, on every worker, if one was started with other settings or data.

    Args:
        config: nested dict that JSON can hold.
        strategy: the `tf.distribute` strategy, or None.
    """
    first, *others = gather(config, strategy)
    for place, other in enumerate(others, start=1):
        found = differences(first, other)
        if found:
            changes = ", ".join(f"{key} is {b!r}, not {a!r}" for key, (a, b) in found.items())
            raise ValueError(
                f"Workers disagree: on {workers.name(place)} {changes} as on {workers.name(0)}. "
                "Start all with the same settings, data and versions."
            )


def newest_common(steps, strategy):
    """The newest of the steps that every worker has; None if there is none.

    Args:
        steps: the steps whose checkpoint this worker has.
        strategy: the `tf.distribute` strategy, or None.
    """
    common = set.intersection(*map(set, gather(list(steps), strategy)))
    return max(common, default=None)


def somebody(flag, strategy):
    """Whether `flag` is true on any worker."""
    return any(gather(bool(flag), strategy))


def differences(old, new, prefix=""):
    """Dict from dotted key to (old, new) for each setting that two nested dicts don't share."""
    found = {}
    for key in dict.fromkeys((*old, *new)):
        a, b = old.get(key), new.get(key)
        if isinstance(a, dict) and isinstance(b, dict):
            found.update(differences(a, b, f"{prefix}{key}."))
        elif plain(a) != plain(b):
            found[prefix + key] = (plain(a), plain(b))
    return found


def plain(value):
    """`value` with tuples as lists, as JSON has them."""
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    return value


def _gathered(row, strategy):
    """Every worker's `row` of small integers, all equally long: (workers, length)."""
    tensor = tf.constant(row[None], tf.float32)  # exact up to 2**24, and every collective has it
    values = strategy.experimental_distribute_values_from_function(lambda context: tensor)
    rows = _gathering(strategy)(values).numpy()  # one a replica
    return rows[:: len(rows) // workers.count()].astype("int64")


@functools.cache
def _gathering(strategy):
    return tf.function(lambda values: strategy.gather(values, axis=0), reduce_retracing=True)

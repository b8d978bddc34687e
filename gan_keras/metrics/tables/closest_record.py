"""Distance to the closest record: are fake rows nearer to training rows than to others?"""

from gan_keras.metrics.memorization import memorization
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.estimate import Estimate
from gan_keras.metrics.tables.mixed import Mixed


def closest_record_share(fake, real, held_out, *, seed=0):
    """Share of fake rows that are nearer to a training row than to any of as many held-out rows.

    When to use it: with any good score, for copies of the training rows have the best of all. 0.5
    is no copying; a table of copies scores 1. It sees copying on the whole: one row given away
    among ten thousand hardly moves it (see `canary_report` and `exact_copies`).

    Ties count half. The larger of the real tables is cut at random to the size of the smaller. What
    a distance is: `Mixed`.

    Source: see `metrics.memorization`, of which this is the table's.

    Args:
        fake: a table, see `columns`.
        real: the training rows.
        held_out: real rows that were never trained on.
        seed: int, of the cut. Defaults to 0.

    Returns:
        `Estimate`, best at 0.5; its interval is two standard errors wide on either side.

    Raises:
        ValueError: the columns differ, or there are fewer than 2 rows.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    held_out = columns.aligned(held_out, real, "held-out")
    vectors = Mixed(real)
    real = columns.some(real, columns.num_rows(held_out), seed)
    found = memorization(vectors(fake), vectors(real), vectors(held_out), seed=seed)
    value, std = found["memorization"], found["std"]
    low, high = max(value - 1.96 * std, 0.0), min(value + 1.96 * std, 1.0)
    return Estimate(value=value, std=std, low=low, high=high)

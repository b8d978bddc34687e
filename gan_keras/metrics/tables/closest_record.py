"""Distance to the closest record: are fake rows nearer to training rows than to others?"""

import numpy as np

from gan_keras.metrics.memorization import memorization
from gan_keras.metrics.neighbours import nearest_neighbours
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.estimate import Estimate
from gan_keras.metrics.tables.mixed import Mixed


def closest_record_share(fake, real, held_out, *, seed=0):
    """Share of fake rows that are nearer to a training row than to any of as many held-out rows.

    When to use it: with any good score, for copies of the training rows have the best of all. 0.5
    is no copying; a table of copies scores 1. It sees copying on the whole: one row given away
    among ten thousand hardly moves it (see `canary_report` and `exact_copies`).

    Ties count half. The larger of the real tables is cut at random to the size of the smaller, so
    with few held-out rows most training rows are not looked at: of 100 held-out and 400 training
    rows, copies of all training rows score near 0.6. `closest_record_odds` looks at all of them.
    What a distance is: `Mixed`.

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


def closest_record_odds(fake, real, held_out):
    """The same against all training rows, with the odds that their number alone gives taken out.

    When to use it: where fewer rows were held out than trained on, for it overlooks no copy. Of n
    training and m held-out rows the nearest is a training row with the chance n / (n + m), if there
    was no copying. A share s of such fake rows becomes s / n / (s / n + (1 - s) / m): 0.5 is no
    copying, and a table of copies scores 1, whatever n and m are.

    Args:
        fake: a table, see `columns`.
        real: the training rows.
        held_out: real rows that were never trained on.

    Returns:
        `Estimate`, best at 0.5. Its error is over draws of all three tables (the delta method, for
        fake rows that share their nearest row are not independent); the interval is two of it wide
        on either side.

    Raises:
        ValueError: the columns differ, or there are fewer than 2 rows.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    held_out = columns.aligned(held_out, real, "held-out")
    vectors = Mixed(real)
    fake = vectors(fake)
    in_real, to_real = nearest_neighbours(fake, vectors(real))
    in_held_out, to_held_out = nearest_neighbours(fake, vectors(held_out))
    wins = np.where(to_real < to_held_out, 1.0, np.where(to_real == to_held_out, 0.5, 0.0))
    n, m = columns.num_rows(real), columns.num_rows(held_out)
    # How many fake rows each real one is nearest to; the real rows are what was drawn.
    of_real = np.bincount(in_real, weights=wins, minlength=n)
    of_held_out = np.bincount(in_held_out, weights=1 - wins, minlength=m)
    a, b = of_real.mean(), of_held_out.mean()
    variance = b**2 * of_real.var(ddof=1) / n + a**2 * of_held_out.var(ddof=1) / m
    value, std = float(a / (a + b)), float(np.sqrt(variance) / (a + b) ** 2)
    low, high = max(value - 1.96 * std, 0.0), min(value + 1.96 * std, 1.0)
    return Estimate(value=value, std=std, low=low, high=high)

"""Distance to the closest record: are fake rows nearer to training rows than to others?"""

from gan_keras.metrics.memorization import memorization, memorization_odds
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.estimate import bounded
from gan_keras.metrics.tables.mixed import Mixed
from gan_keras.metrics.tables.unseen import unseen


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
        held_out: real rows that were never trained on; for those that were, see `unseen`.
        seed: int, of the cut. Defaults to 0.

    Returns:
        `Estimate`, best at 0.5; its interval is two standard errors wide on either side.

    Raises:
        ValueError: the columns differ, there are fewer than 2 rows, or so many held-out rows are
            training rows that few others are left.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    compared = unseen(real, columns.aligned(held_out, real, "held-out"))
    vectors = Mixed(real)
    real, held_out = compared.real, compared.held_out
    real = columns.some(real, columns.num_rows(held_out), seed)
    found = memorization(vectors(fake), vectors(real), vectors(held_out), seed=seed)
    return bounded(found["memorization"], found["std"])


def closest_record_odds(fake, real, held_out):
    """The same against all training rows, with the odds that their number alone gives taken out.

    When to use it: where fewer rows were held out than trained on, for it overlooks no copy. 0.5 is
    no copying, and a table of copies scores 1; see `metrics.memorization_odds`.

    Args:
        fake: a table, see `columns`.
        real: the training rows.
        held_out: real rows that were never trained on; for those that were, see `unseen`.

    Returns:
        `Estimate`, best at 0.5. Its error is over draws of all three tables (the delta method, for
        fake rows that share their nearest row are not independent); the interval is two of it wide
        on either side.

    Raises:
        ValueError: the columns differ, there are fewer than 2 rows, or so many held-out rows are
            training rows that few others are left.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    compared = unseen(real, columns.aligned(held_out, real, "held-out"))
    vectors = Mixed(real)
    real, held_out = compared.real, compared.held_out
    found = memorization_odds(vectors(fake), vectors(real), vectors(held_out))
    return bounded(found["memorization"], found["std"])

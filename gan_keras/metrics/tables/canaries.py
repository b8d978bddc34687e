"""Canaries: made-up rows that are planted before training, and must not come back."""

import numpy as np

from gan_keras.metrics.neighbours import nearest_neighbours
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.area import Areas
from gan_keras.metrics.tables.estimate import DRAWS, bootstrap
from gan_keras.metrics.tables.exact_copies import row_ids
from gan_keras.metrics.tables.mixed import Mixed

ROUNDS = 100  # of drawing rows anew that are there already


def canaries(real, num=100, *, seed=0):
    """Rows of right values in combinations that nobody has.

    When to use it: to test a way of training. Plant the first half (`planted`), train on that,
    sample, and ask `canary_report` about both halves. A model that learns the distribution has no
    reason to make one more often than the other.

    Args:
        real: a table, see `columns`.
        num: int >= 4, canaries and controls together. Defaults to 100.
        seed: int. Defaults to 0.

    Returns:
        (canaries, controls): tables of num // 2 rows each, no two of them equal, none in `real`.

    Raises:
        ValueError: fewer than 4, or the columns have too few combinations for new ones.
    """
    real = columns.columns(real, "real")
    if num < 4:
        raise ValueError(f"Take at least 4 canaries: half of them are controls. Received: {num}.")
    random, found = np.random.default_rng(seed), None
    size = 2 * (num // 2)
    for _ in range(ROUNDS):
        drawn = {
            name: values[random.integers(0, len(values), size)] for name, values in real.items()
        }
        found = drawn if found is None else columns.joined(found, drawn)
        ids, taken = row_ids(found, real)
        _, first = np.unique(ids, return_index=True)
        new = np.sort(first[~np.isin(ids[first], taken)])
        found = columns.rows(found, new[:size])
        if len(new) >= size:
            half = np.arange(size // 2)
            return columns.rows(found, half), columns.rows(found, half + size // 2)
    raise ValueError(
        f"The columns have too few combinations for {size} rows that nobody has. Take fewer "
        "canaries."
    )


def planted(real, rows, *, copies=1, seed=0):
    """A table with rows strewn in at random places.

    Args:
        real: a table, see `columns`.
        rows: the canaries.
        copies: int, how often each is planted. Defaults to 1.
        seed: int. Defaults to 0.
    """
    real = columns.columns(real, "real")
    rows = columns.aligned(rows, real, "canary")
    for _ in range(copies):
        real = columns.joined(real, rows)
    return columns.rows(real, np.random.default_rng(seed).permutation(columns.num_rows(real)))


def canary_report(fake, rows, controls, *, draws=DRAWS, seed=0):
    """Whether planted rows came back.

    Source: the exposure of Carlini et al. (2019), The Secret Sharer, arXiv:1802.08232, with
    distances in place of likelihoods, as a generator has none.

    Args:
        fake: samples of the model that was trained on the canaries.
        rows: the canaries.
        controls: rows that were made in the same way and never planted.
        draws: int, of the bootstrap. Defaults to 200.
        seed: int. Defaults to 0.

    Returns:
        {"found": int, how many canaries are among the fake rows, value for value; "controls_found":
        int, controls; "auc": `Estimate`, the chance that a canary is nearer to a fake row than a
        control is, best at 0.5}.

    Raises:
        ValueError: the columns differ.
    """
    fake = columns.columns(fake, "fake")
    rows, controls = (
        columns.aligned(side, fake, what)
        for side, what in ((rows, "canary"), (controls, "control"))
    )
    both = columns.joined(rows, controls)
    ids, fake_ids = row_ids(both, fake)
    is_found, num = np.isin(ids, fake_ids), columns.num_rows(rows)
    vectors = Mixed(fake)
    _, away = nearest_neighbours(vectors(both), vectors(fake))
    is_canary = np.arange(len(away)) < num
    found = bootstrap(Areas(-away, is_canary), is_canary, draws=draws, seed=seed)
    return {
        "found": int(is_found[:num].sum()),
        "controls_found": int(is_found[num:].sum()),
        "auc": found,
    }

"""Membership inference: can someone tell from the fake table who was in the real one?"""

import numpy as np

from gan_keras.metrics.neighbours import nearest_neighbours
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.area import Areas
from gan_keras.metrics.tables.estimate import DRAWS, bootstrap
from gan_keras.metrics.tables.mixed import Mixed
from gan_keras.metrics.tables.unseen import unseen


def membership_auc(fake, real, held_out, *, calibrated=False, draws=DRAWS, seed=0):
    """Area under the curve of an attacker who has the fake table and asks who was trained on.

    When to use it: before a table is given away. 0.5: members are not told from others; 1: always.
    The attacker here knows whole rows and looks for the nearest fake row. Others know more (the
    model, a hundred of them): a value near 0.5 is no proof that nobody can tell.

    The attacker's score of a row is minus its distance to the nearest fake row. Calibrated, it is
    the distance to the nearest row of a reference (a third of `held_out`, which the attacker has)
    divided by that: a row that many others resemble is near fake ones without having been trained
    on.

    Source: the distance attack of Chen et al. (2020), GAN-Leaks, arXiv:1909.03935, sections 4.2 and
    4.5 (calibration); as a ratio, compare van Breugel et al. (2023), DOMIAS, arXiv:2302.12580.

    Args:
        fake: a table, see `columns`.
        real: the training rows: the members.
        held_out: real rows that were never trained on; for those that were, see `unseen`.
        calibrated: bool. Defaults to False.
        draws: int, of the bootstrap over members and others. Defaults to 200.
        seed: int, of who is asked about: as many members as others. Defaults to 0.

    Returns:
        `Estimate`, best at 0.5.

    Raises:
        ValueError: the columns differ, or there are fewer than 2 rows (6 held-out ones, if
            calibrated); so many held-out rows are training rows that few others are left.
    """
    real = columns.columns(real, "real")
    fake = columns.aligned(fake, real)
    compared = unseen(real, columns.aligned(held_out, real, "held-out"))
    vectors, reference = Mixed(real), None
    real, held_out = compared.real, compared.held_out
    num = columns.num_rows(held_out)
    if num < (6 if calibrated else 2):
        raise ValueError(f"Membership takes more held-out rows. Received: {num}.")
    if calibrated:
        order = np.random.default_rng(seed).permutation(num)
        reference = vectors(columns.rows(held_out, order[: num // 3]))
        held_out = columns.rows(held_out, order[num // 3 :])
    num = min(columns.num_rows(held_out), columns.num_rows(real))
    sides = [columns.some(side, num, seed + 1) for side in (real, held_out)]
    rows = np.concatenate([vectors(side) for side in sides])
    _, away = nearest_neighbours(rows, vectors(fake))
    scores = -away
    if calibrated:
        _, from_reference = nearest_neighbours(rows, reference)
        # Equal distances of 0 are no evidence; a small number keeps 0 / 0 at 1.
        scores = (from_reference + 1e-9) / (away + 1e-9)
    is_member = np.repeat([True, False], num)
    return bootstrap(Areas(scores, is_member), is_member, draws=draws, seed=seed)

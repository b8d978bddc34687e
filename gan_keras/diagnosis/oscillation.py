"""Oscillation: the players chase each other in circles."""

import numpy as np

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import course, last_step, recent, series

HIGH, LOW = 0.75, 0.25  # of the pairs of a real and a fake logit, in the right order
LOOKS, SWINGS = 20, 4


def detect(records):
    """Finds a discriminator that is clearly right, then clearly wrong, and so on.

    At rest it is right about as often as wrong, and while it leads it is right. To be wrong most of
    the time it must have been overtaken, and to be overtaken again and again is to circle, as
    unregularised games do (Mescheder et al., 2018, arXiv:1801.04406, section 2).
    """
    records = course(records)
    if recent(records, "auc") is None:
        return None
    auc = series(records, "auc")[1][-LOOKS:]
    sides = [value > HIGH for value in auc if value > HIGH or value < LOW]
    swings = int(np.sum(np.diff(sides))) if len(sides) > 1 else 0
    if swings < SWINGS:
        return None
    return Finding(
        name="oscillation",
        step=last_step(records),
        says=f"The players circle: in the last {len(auc)} looks the discriminator went {swings} "
        f"times from right to wrong or back (between {auc.min():.0%} and {auc.max():.0%} of all "
        "pairs right).",
        cure="Try --set penalties.r1.weight=1 and --set penalties.r2.weight=1, then lower learning "
        "rates and beta_1=0.0 in both optimizers, and --set moving_average.half_life=10000.",
        evidence={"swings": swings, "looks": len(auc)},
    )

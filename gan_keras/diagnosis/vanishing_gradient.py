"""Vanishing gradients: the generator is no longer told where to go."""

import numpy as np

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import last_step, recent, series

FALL = 1e-3  # of the largest gradient so far
TINY = 1e-6  # of the generator's weights


def detect(records):
    """Finds a generator's gradient that is nothing, of its weights or of what it was.

    A gradient that is small because both players are content is no trouble: the discriminator must
    tell most fakes from real samples.
    """
    gradients, weights = recent(records, "g_gradient"), recent(records, "g_weights")
    if gradients is None or weights is None:
        return None
    auc = recent(records, "auc")
    if auc is not None and np.median(auc) < 0.9:
        return None
    largest = series(records, "g_gradient")[1].max()
    if gradients.max() > max(FALL * largest, TINY * weights.max()):
        return None
    return Finding(
        name="vanishing_gradient",
        step=last_step(records),
        says=f"The generator's gradient is {gradients[-1]:.2g}, against weights of "
        f"{weights[-1]:.2g} and {largest:.2g} at its largest: it is not told where to go.",
        cure="Try --set loss=non_saturating (or relativistic_paired) in place of minimax, then "
        "--set penalties.r1.weight=1, then a lower discriminator_optimizer.learning_rate or fewer "
        "discriminator_steps.",
        evidence={"g_gradient": float(gradients[-1]), "largest": float(largest)},
    )

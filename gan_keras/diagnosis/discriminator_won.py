"""A discriminator that has won: it is never wrong, and the generator no longer comes closer."""

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import WINDOW, course, last_step, recent, series

NEVER_WRONG = 0.995
FAR = 0.05  # energy distance: two sets of real samples are at 0.00 +- 0.02
PROGRESS = 0.9  # of the distance in the half of the looks before


def detect(records):
    """Finds three looks in a row without a mistake, and no approach of the samples.

    A critic may well be never wrong while the generator learns from it; then the samples come
    closer, and nothing is said. Nor is it without looks from before, which alone could tell.
    """
    auc, distance = recent(records, "auc"), recent(records, "distance")
    if auc is None or distance is None or auc.min() < NEVER_WRONG:
        return None
    if distance.min() < FAR:
        return None
    before = series(course(records), "distance")[1][:-WINDOW]
    if not len(before) or distance.mean() < PROGRESS * before[len(before) // 2 :].mean():
        return None
    return Finding(
        name="discriminator_won",
        step=last_step(records),
        says=f"The discriminator tells real from fake with {auc.mean():.1%} of all pairs right, "
        f"and the samples do not come closer (energy distance {distance[-1]:.2f}).",
        cure="Try --set penalties.r1.weight=1 (or ten times what it is), then "
        "--set augment=diffaugment, a lower discriminator_optimizer.learning_rate, a smaller "
        "discriminator or fewer discriminator_steps.",
        evidence={"auc": float(auc.mean()), "distance": float(distance[-1])},
    )

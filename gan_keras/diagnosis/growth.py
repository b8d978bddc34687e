"""NaN on its way: weights or logits that grow without end."""

import math

import numpy as np

from gan_keras.diagnosis.finding import Finding
from gan_keras.diagnosis.records import course, last_step, recent, series

NAMES = {
    "logit_scale": "The discriminator's logits",
    "d_weights": "The discriminator's weights",
    "g_weights": "The generator's weights",
}
LOOKS = 4
GROWTH = 10.0  # since the first look
SOON = 50  # times the steps made so far; a number that grows linearly overflows in 80 times
LARGE_LOGITS = 100.0
LIMIT = 3.4e38  # of float32
CURE = (
    "Try lower learning rates, then --set penalties.r1.weight=1 (for the wasserstein loss "
    "penalties.gradient_penalty), spectral norm in the discriminator, or global_clipnorm in the "
    "optimizers."
)


def detect(records):
    """Finds numbers that are not finite any more, or that have grown tenfold and run away.

    To grow is no trouble as such: weights before a batch norm grow for ever, ever more slowly. What
    rises between looks at other samples is no growth: only those of training are compared.
    """
    if records and records[-1].get("non_finite"):
        bad = records[-1]["non_finite"]
        return Finding(
            name="growth",
            step=last_step(records),
            says=f"No finite number any more: {', '.join(bad)}.",
            cure=f"Go back to a checkpoint before. {CURE}",
            evidence={"non_finite": len(bad)},
        )
    records = course(records)
    for name, words in NAMES.items():
        values = recent(records, name, LOOKS)
        if values is None or not (np.diff(values) > 0).all():
            continue
        steps, whole = series(records, name)
        least = whole[0] * GROWTH
        if name == "logit_scale":
            least = max(least, LARGE_LOGITS)
        rate = math.log(values[-1] / values[0]) / (steps[-1] - steps[-LOOKS])
        left = (math.log(LIMIT) - math.log(values[-1])) / rate
        if values[-1] < least or left > SOON * steps[-1]:
            continue
        return Finding(
            name="growth",
            step=last_step(records),
            says=f"{words} grow without end: {whole[0]:.2g} at step {int(steps[0])}, "
            f"{values[-1]:.2g} now; at this pace they overflow in {left:,.0f} steps.",
            cure=CURE,
            evidence={name: float(values[-1]), "first": float(whole[0]), "steps_left": left},
        )
    return None

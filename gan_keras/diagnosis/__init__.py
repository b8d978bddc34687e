"""What ails a training run: numbers that a probe takes, and detectors that read them.

probe                what is measured, without a trace in the model
diversity            how many samples a set is worth; how far two sets are apart
records              series of the measured numbers
finding              what a detector says
mode_collapse, vanishing_gradient, discriminator_won, memorization, oscillation, growth, plateau
                     the detectors, one a file: records in, a `Finding` or None out

To add a detector: a file with `detect(records)`, its line in `DETECTORS`, a run that is broken on
purpose in tests/callbacks, and its silence on the healthy runs there.
"""

from gan_keras.diagnosis import (
    discriminator_won,
    growth,
    memorization,
    mode_collapse,
    oscillation,
    plateau,
    vanishing_gradient,
)
from gan_keras.diagnosis.finding import Finding

DETECTORS = {
    "mode_collapse": mode_collapse.detect,
    "growth": growth.detect,
    "discriminator_won": discriminator_won.detect,
    "vanishing_gradient": vanishing_gradient.detect,
    "memorization": memorization.detect,
    "oscillation": oscillation.detect,
    "plateau": plateau.detect,
}


def findings(records):
    """What the detectors find in records, the gravest first: a list of `Finding`."""
    found = [detect(records) for detect in DETECTORS.values()]
    return [finding for finding in found if finding is not None]


__all__ = ["DETECTORS", "Finding", "findings"]

"""Whether series remember as long as real ones."""

import numpy as np

from gan_keras.kinds.autocorrelation import autocorrelation


def autocorrelation_differences(fake, real, *, lags=None):
    """The difference of autocorrelations, for each channel and lag.

    When to use it: beside C2ST, whose trees see a step at a time. Series whose steps were shuffled
    have all readings right and no memory. Each series counts from its own mean; see
    `kinds.autocorrelation`.

    Args:
        fake: float (n, steps, channels), readings.
        real: float (m, steps, channels).
        lags: how many, from 1 on. Defaults to half the steps.

    Returns:
        float64 (channels, lags), fake less real, each in [-2, 2]; 0 is best.
    """
    fake, real = np.asarray(fake, "float64"), np.asarray(real, "float64")
    return np.stack(
        [
            autocorrelation(fake[..., place], lags) - autocorrelation(real[..., place], lags)
            for place in range(real.shape[-1])
        ]
    )

"""How long series remember: the correlation of readings with later ones."""

import numpy as np


def autocorrelation(readings, lags=None):
    """Correlation of readings with those so many steps later, float64 (lags,), from lag 1 on.

    Each series counts from its own mean, so that it is the memory within a series, and not what
    all its readings have in common.

    Args:
        readings: (n, steps) of one channel.
        lags: how many. Defaults to half the steps.
    """
    readings = np.asarray(readings, "float64")
    steps = readings.shape[1]
    lags = max(1, steps // 2) if lags is None else lags
    centred = readings - readings.mean(axis=1, keepdims=True)
    variance = (centred**2).mean()
    if steps < 2 or not variance > 0:
        return np.zeros(lags)
    return (
        np.array([(centred[:, lag:] * centred[:, :-lag]).mean() for lag in range(1, lags + 1)])
        / variance
    )

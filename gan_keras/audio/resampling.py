"""A sound at another sampling rate."""

import math

import numpy as np

HALF_LENGTH = 10  # of the filter, in samples of the lower rate
BETA = 5.0  # of its Kaiser window


def resampled(wave, old, new):
    """A sound at another rate, without what the new rate can't hold.

    Between two samples a windowed sinc interpolates; its cut-off is half of the lower rate. Output
    sample m lies at m * old / new, so the first sample stays the first.

    Source: the polyphase method, Crochiere and Rabiner (1983), Multirate Digital Signal Processing;
    filter and numbers as `scipy.signal.resample_poly` has them by default.

    Args:
        wave: floats (samples,).
        old, new: int > 0, samples a second.

    Returns:
        float32 (ceil(samples * new / old),).
    """
    common = math.gcd(old, new)
    up, down = new // common, old // common
    if up == down:
        return np.asarray(wave, "float32")
    taps = _filter(up, down)
    half = len(taps) // 2
    num = -(-len(wave) * up // down)
    places = np.arange(num) * down + half  # in the sound whose samples are `up` apart
    last, phases = places // up, places % up
    reach = -(-len(taps) // up)
    taps = np.pad(taps, (0, reach * up - len(taps))).reshape(reach, up)  # tap k * up + phase
    padded = np.pad(np.asarray(wave, "float64"), reach)
    found = np.zeros(num)
    for k in range(reach):  # few: some tens
        index = last - k + reach
        inside = (index >= 0) & (index < len(padded))
        found[inside] += taps[k, phases[inside]] * padded[index[inside]]
    return found.astype("float32")


def _filter(up, down):
    """A windowed sinc of gain `up`, with its cut-off at half of the lower rate."""
    widest = max(up, down)
    half = HALF_LENGTH * widest
    places = np.arange(-half, half + 1)
    taps = np.sinc(places / widest) * np.kaiser(2 * half + 1, BETA)
    return up * taps / taps.sum()

"""How far the mean spectra of two sets of sounds lie apart, in decibels."""

import numpy as np

from gan_keras import audio

SIZE, HOP = 128, 64
FLOOR = 1e-2  # of a magnitude: quieter is silence


def spectrum_difference(fake, real):
    """Root mean square, over frequencies, of the difference of mean log-magnitudes.

    20 log10 |X| is averaged over all moments of all sounds, for each of 65 frequencies. It sees
    hiss, hum, and what is missing high up, and nothing of what is said.

    Args:
        fake, real: floats (n, samples), of one rate; at least 64 samples each.

    Returns:
        float >= 0, in decibels; lower is better.

    Example:
        >>> wave = np.sin(np.arange(640.0))[None]
        >>> round(spectrum_difference(10 * wave, 10 * wave), 6)
        0.0
    """
    means = [_mean_level(np.asarray(waves, "float64")) for waves in (fake, real)]
    return float(np.sqrt(((means[0] - means[1]) ** 2).mean()))


def _mean_level(waves):
    """Decibels (frequencies,) of floats (n, samples); what doesn't fill a hop is left out."""
    waves = waves[:, : waves.shape[1] // HOP * HOP]
    levels = [20 * np.log10(np.maximum(np.abs(audio.stft(w, SIZE, HOP)), FLOOR)) for w in waves]
    return np.mean(levels, axis=(0, 1))

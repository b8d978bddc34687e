"""Scores of pairs of sounds: fake i against the real i that it should have been."""

import numpy as np

from gan_keras import audio
from gan_keras.metrics.labelled import known_names
from gan_keras.metrics.score import Score
from gan_keras.metrics.sounds.spectrum_difference import FLOOR, HOP, SIZE
from gan_keras.metrics.table import NO_FEATURES


def mel_l1(fake, real, scale):
    """Mean absolute difference of log-mel spectrograms: what a vocoder is trained on.

    It hears what ears tell apart, and no phases: what buzzes may score well.

    Args:
        fake, real: floats (n, samples).
        scale: an `audio.MelScale`.

    Returns:
        float64 (n,), in natural logarithms of magnitude; lower is better.
    """
    return np.abs(scale.log_mel(fake) - scale.log_mel(real)).astype("float64").mean(axis=(1, 2))


def log_spectral_distance(fake, real, scale=None):
    """Root mean square over frequencies of differences in decibels, mean over moments.

    As fine at all frequencies, so that it hears hiss high up more than ears do. Magnitudes below
    0.01 are silence. Gray and Markel (1976), Distance Measures for Speech Processing, IEEE ASSP
    24(5).

    Args:
        fake, real: floats (n, samples); what doesn't fill a hop of 64 is left out.
        scale: not looked at.

    Returns:
        float64 (n,), in decibels; lower is better.

    Example:
        >>> wave = 10 * np.sin(np.arange(640.0))[None]
        >>> log_spectral_distance(wave, wave).tolist()
        [0.0]
    """
    squares = (_levels(fake) - _levels(real)) ** 2
    return np.sqrt(squares.mean(axis=2)).mean(axis=1)


SOUND_PAIRS = {"mel_l1": mel_l1, "log_spectral_db": log_spectral_distance}


def evaluate_sound_pairs(sides, real, scale, *, metrics=None, data="sounds", seed=0, progress=None):
    """Scores of sounds against those that they should have been.

    Args:
        sides: dict from what a side is to its waves, floats (n, samples): "" for the fakes; names
            of scores of others end in what they are, "mel_l1@input".
        real: floats (n, samples); row i belongs to row i of each side.
        scale: the `audio.MelScale` of "mel_l1".
        metrics: names, see `SOUND_PAIRS`. Defaults to None: all.
        data: what scores call the real ones.
        seed: of the samples, as scores state it. Defaults to 0.
        progress: function (what, done, num), called after each score. Defaults to None.

    Returns:
        A list of `Score`: means over sounds; `std` is that of the mean.

    Raises:
        ValueError: an unknown metric, or sides that don't pair.
    """
    names = known_names(metrics, SOUND_PAIRS, "pairs of sounds") if metrics else list(SOUND_PAIRS)
    jobs, scores = [(name, what) for name in names for what in sides], []
    for done, (name, what) in enumerate(jobs, start=1):
        if np.shape(sides[what]) != np.shape(real):
            raise ValueError(
                f"Sounds are compared with as many of their length. Received: "
                f"{np.shape(sides[what])} and {np.shape(real)}."
            )
        values = SOUND_PAIRS[name](sides[what], real, scale)
        scores.append(
            Score(
                metric=f"{name}@{what}" if what else name,
                value=float(values.mean()),
                std=float(values.std() / np.sqrt(len(values))),
                extractor=NO_FEATURES,
                resize="none",
                num_real=len(real),
                num_fake=len(values),
                data=data,
                seed=seed,
            )
        )
        if progress is not None:
            progress("scores", done, len(jobs))
    return scores


def _levels(waves):
    """Decibels float64 (n, moments, frequencies)."""
    waves = np.asarray(waves, "float64")
    waves = waves[:, : waves.shape[1] // HOP * HOP]
    magnitudes = np.stack([np.abs(audio.stft(wave, SIZE, HOP)) for wave in waves])
    return 20 * np.log10(np.maximum(magnitudes, FLOOR))

"""Scores of sounds: whether they are heard as what they should be, and sound as real ones do."""

from gan_keras.metrics.labelled import Side
from gan_keras.metrics.sounds.evaluate import SOUND_METRICS, evaluate_sounds
from gan_keras.metrics.sounds.pairs import SOUND_PAIRS, evaluate_sound_pairs
from gan_keras.metrics.sounds.spectrum_difference import spectrum_difference

__all__ = [
    "SOUND_METRICS",
    "SOUND_PAIRS",
    "Side",
    "evaluate_sound_pairs",
    "evaluate_sounds",
    "spectrum_difference",
]

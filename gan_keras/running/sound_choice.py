"""Which scores suit some sounds: those of a side, or those of pairs."""

from gan_keras import kinds
from gan_keras.metrics.labelled import known_names
from gan_keras.metrics.sounds.evaluate import SOUND_METRICS, check_names
from gan_keras.metrics.sounds.pairs import SOUND_PAIRS
from gan_keras.recipes import translators
from gan_keras.running import runs
from gan_keras.running.sound_pair_scores import SoundPairScores
from gan_keras.running.sound_scores import SoundScores


def opened(samples, **arguments):
    """A `SoundScores`; of the run of a translator one that knows which belong to each other.

    Args:
        samples, arguments: of it.
    """
    return scores_of(samples)(samples, **arguments)


def check(samples, names):
    """Raises ValueError for a name that is no score of these sounds."""
    if scores_of(samples) is SoundScores:
        check_names(names)
    else:
        known_names(names, {**SOUND_METRICS, **SOUND_PAIRS}, "sounds")


def scores_of(samples):
    """The class that suits: of a file, a folder, or a run."""
    run = runs.Run(samples)
    if run.config_file.is_file():
        config = run.read_config()
        are_files = runs.kind_of(config).one_file == kinds.Waves.one_file
        if are_files and translators.is_translator(config["settings"]):
            return SoundPairScores
    return SoundScores

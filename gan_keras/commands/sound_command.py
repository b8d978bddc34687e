"""What `gan-keras evaluate` needs to know of sounds: which they are, and how they are opened."""


def is_about(samples, against=None, names=(), extractor=None):
    """Whether `evaluate` was given sounds, or a run that was trained on some; no TensorFlow.

    Whoever names scores of images, or an extractor, has spectrograms scored as the images that they
    are; waves are none.

    Args:
        samples: a path, or the name of a data set.
        against: the same, or None.
        names: of metrics.
        extractor: what `--extractor` says, or None.
    """
    from gan_keras import data, kinds
    from gan_keras.data import sounds
    from gan_keras.metrics import METRICS, SOUND_METRICS
    from gan_keras.running.runs import Run, kind_of

    as_images = extractor or any(name in METRICS and name not in SOUND_METRICS for name in names)
    run = Run(samples)
    if run.config_file.is_file():
        kind = kind_of(run.read_config())
        return kind.can_be_heard and not (as_images and issubclass(kind, kinds.Images))
    paths = [path for path in (samples, against) if path is not None]
    return not as_images and any(path in data.SOUNDS or sounds.is_sounds(path) for path in paths)


def opened(samples, against, held_out, *, names=()):
    """A `sound_scores.SoundScores`; TensorFlow, which its classifier takes, is loaded."""
    from gan_keras.commands.quiet import import_tensorflow
    from gan_keras.running import sound_choice

    sound_choice.check(samples, names)  # a misspelt one is refused before files are read
    import_tensorflow()
    return sound_choice.opened(samples, against=against, held_out=held_out)

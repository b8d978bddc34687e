"""What `gan-keras evaluate` needs to know of videos: which they are, and how they are opened."""


def is_about(samples, against=None, num_frames=None):
    """Whether `evaluate` was given videos, or a run that was trained on some; no TensorFlow.

    Args:
        samples: a path, or the name of a data set.
        against: the same, or None.
        num_frames: of clips, if that was said: folders then hold videos.
    """
    from gan_keras import data, kinds
    from gan_keras.running.runs import Run, kind_of

    if num_frames is not None or any(path in data.VIDEOS for path in (samples, against)):
        return True
    run = Run(samples)
    return run.config_file.is_file() and issubclass(kind_of(run.read_config()), kinds.Videos)


def opened(samples, against, held_out, num_frames, *, extractor=None, names=()):
    """A `video_scores.VideoScores`, and TensorFlow, which extractors of features need."""
    from gan_keras.commands.quiet import import_tensorflow
    from gan_keras.running import video_scores

    video_scores.check(names)  # a misspelt one is refused before files are read
    arguments = {} if num_frames is None else {"num_frames": num_frames}
    import_tensorflow()
    return video_scores.VideoScores(
        samples, against=against, held_out=held_out, extractor=extractor, **arguments
    )

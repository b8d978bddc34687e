"""What `gan-keras evaluate` needs to know of series: which they are, and how they are opened."""


def is_about(samples, against=None, series=None):
    """Whether `evaluate` was given series, or a run that was trained on some; no TensorFlow.

    Args:
        samples: a path, or the name of a data set.
        against: the same, or None.
        series: the column that says which series a reading belongs to, if that was said.
    """
    from gan_keras import data, kinds
    from gan_keras.running.runs import Run, kind_of

    if series is not None or any(path in data.SERIES for path in (samples, against)):
        return True
    run = Run(samples)
    return run.config_file.is_file() and issubclass(kind_of(run.read_config()), kinds.Signals)


def opened(samples, against, held_out, series, *, names=()):
    """A `series_scores.SeriesScores`, and TensorFlow if it is a run's."""
    from gan_keras import data
    from gan_keras.running import series_scores

    series_scores.check(names)  # a misspelt one is refused before files are read
    arguments = {"series": series or "series"}
    if against not in data.NAMES:  # those have their own
        arguments["lengths"] = "any"
    found = series_scores.SeriesScores(samples, against=against, held_out=held_out, **arguments)
    if found.run is not None:
        from gan_keras.commands.quiet import import_tensorflow

        import_tensorflow()
    return found

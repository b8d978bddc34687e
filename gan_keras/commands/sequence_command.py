"""What `gan-keras evaluate` needs to know of sequences: which they are, and how they are opened."""

import click

BY = click.option(
    "--by",
    type=click.Choice(["letters", "words"]),
    help="Of lines of text in files: what their symbols are.  [default: letters; of a bundled set "
    "its own]",
)


def is_about(samples, against=None):
    """Whether `evaluate` was given sequences, or a run that was trained on some; no TensorFlow."""
    from gan_keras import data, kinds
    from gan_keras.data import sequences
    from gan_keras.running.runs import Run, kind_of

    for path in (samples, against):
        if path is not None and (path in data.SEQUENCES or sequences.is_sequences(path)):
            return True
    run = Run(samples)
    return run.config_file.is_file() and issubclass(kind_of(run.read_config()), kinds.Tokens)


def opened(samples, against, held_out, by=None, *, names=()):
    """A `sequence_scores.SequenceScores`, and TensorFlow if it is a run's."""
    from gan_keras.running import sequence_scores

    sequence_scores.check(names)  # a misspelt one is refused before files are read
    found = sequence_scores.SequenceScores(samples, against=against, held_out=held_out, by=by)
    if found.run is not None:
        from gan_keras.commands.quiet import import_tensorflow

        import_tensorflow()
    return found

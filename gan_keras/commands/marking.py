"""The mark in what a command writes: who made it, unless --no-mark leaves it out."""

import click

no_mark = click.option(
    "--no-mark", is_flag=True, help="Don't note in the file that it is generated, and by what."
)


def mark_of(run, model, seed, *, left_out, is_composite=False):
    """The `marks.Mark` of what a model of a run makes, or None.

    Args:
        run: a `runs.Run`.
        model: the model that was loaded from it.
        seed: of the samples, or None.
        left_out: what --no-mark says.
        is_composite: whether real samples are shown beside. Defaults to False.
    """
    from gan_keras.files.marks import Mark

    if left_out:
        return None
    return Mark(run=run.name, step=model.steps_done, seed=seed, is_composite=is_composite)

"""What the commands about tables have in common: which they are, and how they are opened."""

from pathlib import Path

import click

AGAINST = click.option(
    "--against",
    metavar="DATA",
    help="Real data: a name, folder, .npz, .npy or table.  [default: what the run was trained on]",
)
HELD_OUT = click.option(
    "--held-out",
    metavar="DATA",
    help="Real data never trained on. Without them nobody can say whether samples are copies.  "
    "[default: the test split, if the data have one]",
)


def is_about(samples, against=None):
    """Whether `evaluate` was given a table, or a run that was trained on one; no TensorFlow."""
    from gan_keras import kinds
    from gan_keras.data import table_columns
    from gan_keras.running.runs import Run, kind_of

    if any(path is not None and table_columns.is_table(path) for path in (samples, against)):
        return True
    run = Run(samples)
    return run.config_file.is_file() and issubclass(kind_of(run.read_config()), kinds.Tabular)


def opened(samples, against, held_out, target, *, names=(), canaries=None):
    """A `table_scores.TableScores`, and TensorFlow if it is a run's."""
    from gan_keras.running import table_scores

    table_scores.check(names)  # a misspelt one is refused before files are read
    found = table_scores.TableScores(
        samples, against=against, held_out=held_out, target=target, canaries=canaries
    )
    if found.run is not None:
        from gan_keras.commands.quiet import import_tensorflow

        import_tensorflow()
    return found


def evaluate(tables, names, *, num, seed, out):
    """Prints scores, and adds them to a file.

    Args:
        tables: a `table_scores.TableScores`, or a `side_scores.SideScores`.
        names: of metrics; empty for all that are possible.
        num, seed: as of `evaluate_table`.
        out: a file, or None for that of the run, if it is one.
    """
    from rich.console import Console

    from gan_keras.metrics.score import write
    from gan_keras.running import table_scores
    from gan_keras.running.evaluation_bar import bar

    out = Path(out) if out else tables.run and tables.run.scores_file
    with bar(Console(stderr=True)) as progress:
        scores = tables.scores(names, num=num, seed=seed, progress=progress)
    table = table_scores.table(scores, tables.unit)
    Console(soft_wrap=True, highlight=False).print(table)
    if not names:
        for line in tables.left_out():
            click.echo(line)
    if out:
        out.parent.mkdir(parents=True, exist_ok=True)
        write(out, scores)
    click.echo(f"Wrote {out}" if out else "Kept nothing: --out FILE.jsonl keeps the scores.")

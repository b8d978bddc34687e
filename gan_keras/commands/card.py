"""`gan-keras card`: a model card, to publish a run with."""

from pathlib import Path

import click

from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option("--out", metavar="FILE.md", help="[default: RUN/README.md]")
def card(run, out):
    """Write a model card on the run RUN: data and licence, settings, scores, limits, samples.

    The certificate of a table (see `gan-keras certificate`) is part of it, if there is one.
    """
    if out is not None and Path(out).suffix.lower() != ".md":
        raise ValueError(f"--out ends in .md. Received: '{out}'")

    from gan_keras.pages import card as write_card

    out = Path(out or Path(run) / "README.md")
    if out.exists():
        raise ValueError(
            f"'{out}' exists already, with what you wrote into it perhaps. Give another --out."
        )
    write_card(run, out)
    click.echo(f"Wrote {out}. Read it, and say under which licence you publish.")

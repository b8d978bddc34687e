"""`gan-keras page`: a run's generator in one HTML file, to play with."""

from pathlib import Path

import click

from gan_keras.commands.marking import no_mark
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN

FOR_MAIL = 10  # megabytes


@click.command()
@click.argument("run", type=RUN)
@click.option("--out", metavar="FILE.html", help="[default: RUN/page.html]")
@no_mark
def page(run, out, no_mark):
    """Write one HTML file in which the generator of the run RUN itself runs.

    Sliders, classes, a walk between samples; of a translator, a canvas to draw on; of a table, rows
    with wishes; of sequences, their symbols; of series, curves; sounds are heard, clips play;
    a vocoder tells a sound again. The file asks nobody for anything: mail it.
    """
    from gan_keras.running.runs import Run

    if out is not None and Path(out).suffix.lower() != ".html":
        raise ValueError(f"--out ends in .html. Received: '{out}'")
    Run(run).read_config()

    import_tensorflow()
    from gan_keras.pages import page as write_page

    out = Path(out or Path(run) / "page.html")
    write_page(run, out, marked=not no_mark)
    size = out.stat().st_size / 1e6
    click.echo(f"Wrote {out} ({size:.1f} MB). Open it in a browser.")
    if size > FOR_MAIL:
        click.echo(
            f"Warning: many mail boxes take no more than {FOR_MAIL} MB. A narrower generator makes "
            "a smaller page: train with a lower --set generator.width (or widths).",
            err=True,
        )

"""`gan-keras report`: what the files of runs say, on one page that opens anywhere."""

from pathlib import Path

import click

from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("runs", metavar="RUN...", nargs=-1, required=True, type=RUN)
@click.option(
    "--out", metavar="FILE.html", help="[default: RUN/report.html; of several runs: report.html]"
)
def report(runs, out):
    """Write one HTML file on the run RUN: curves, samples, scores, diagnosis, settings.

    Several runs are shown side by side. The file asks nobody for anything, so it can be mailed.
    """
    if out is not None and Path(out).suffix.lower() != ".html":
        raise ValueError(f"--out ends in .html. Received: '{out}'")

    from gan_keras.pages import report as write_report

    out = Path(out or (Path(runs[0]) if len(runs) == 1 else Path()) / "report.html")
    write_report(list(runs), out)
    click.echo(f"Wrote {out}. Open it in a browser.")

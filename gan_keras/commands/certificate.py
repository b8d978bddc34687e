"""`gan-keras certificate`: one page on what a fake table is worth, and whom it gives away."""

from pathlib import Path

import click

from gan_keras.commands import table_command
from gan_keras.commands.numbers import SEED, Whole


@click.command()
@click.argument("samples", metavar="RUN|CSV")
@click.option(
    "--against",
    metavar="FILE",
    help="The real table it was made from.  [default: what the run was trained on]",
)
@click.option(
    "--held-out",
    metavar="FILE",
    help="Real rows never trained on. Without them nobody can say whether rows were copied.",
)
@click.option("--target", metavar="COLUMN", help="Which column people would predict.")
@click.option(
    "--canaries",
    nargs=2,
    metavar="PLANTED CONTROLS",
    help="Tables of rows that were planted before training, and of such that were not.",
)
@click.option("--num", type=Whole(10), default=10_000, show_default=True, help="Rows scored.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of samples, cuts and trees.")
@click.option(
    "--out",
    metavar="FILE",
    help="A .md; the .html lies beside it.  [default: RUN/certificate.md, certificate.md]",
)
def certificate(samples, against, held_out, target, canaries, num, seed, out):
    """Write one page, as Markdown and as HTML, on the table CSV, or on what the run RUN samples.

    It says how like the real table it is, what can be learnt from it, whether rows were copied, how
    all of it was measured, and what that does not prove.
    """
    if out is not None and Path(out).suffix.lower() not in (".md", ".html"):
        raise ValueError(f"--out ends in .md; the .html lies beside it. Received: '{out}'")
    tables = table_command.opened(samples, against, held_out, target, canaries=canaries)

    from rich.console import Console

    from gan_keras import files
    from gan_keras.metrics.tables import certificate as page_of
    from gan_keras.metrics.tables import column_shapes
    from gan_keras.metrics.tables.certificate import findings
    from gan_keras.running.evaluation_bar import bar

    folder = tables.run.folder if tables.run else Path()
    out = Path(out) if out else folder / "certificate.md"
    with bar(Console(stderr=True)) as progress:
        scores = tables.scores(num=num, seed=seed, progress=progress)
    page = page_of(scores, name=samples, worst=column_shapes(tables.drawn(seed), tables.real))
    for path, text in ((".md", page.markdown()), (".html", page.html())):
        files.write_text(out.with_suffix(path), text)
    for sentence in findings(scores):
        click.echo(sentence)
    click.echo(f"Wrote {out.with_suffix('.md')} and {out.with_suffix('.html')}")

"""`gan-keras certificate`: one page on what samples are worth, and whom they give away."""

from pathlib import Path

import click

from gan_keras.commands import table_command
from gan_keras.commands.numbers import SEED, Whole
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("samples", metavar="RUN|CSV|FOLDER|NPZ", type=RUN)
@table_command.AGAINST
@table_command.HELD_OUT
@click.option("--target", metavar="COLUMN", help="Which column people would predict.")
@click.option(
    "--canaries",
    nargs=2,
    metavar="PLANTED CONTROLS",
    help="Tables of rows that were planted before training, and of such that were not.",
)
@click.option(
    "--num", type=Whole(10), default=10_000, show_default=True, help="Rows or images scored."
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of samples, cuts and trees.")
@click.option(
    "--out",
    metavar="FILE",
    help="A .md; the .html lies beside it.  [default: RUN/certificate.md, certificate.md]",
)
def certificate(samples, against, held_out, target, canaries, num, seed, out):
    """Write one page, as Markdown and as HTML, on what a run samples, on a table or on images.

    It says how like the real data they are, of a table what can be learnt from it, whether rows or
    images were copied, how all of it was measured, and what that does not prove.
    """
    if out is not None and Path(out).suffix.lower() not in (".md", ".html"):
        raise ValueError(f"--out ends in .md; the .html lies beside it. Received: '{out}'")
    if table_command.is_about(samples, against):
        folder, page, found = _of_table(samples, against, held_out, target, canaries, num, seed)
    else:
        for option, value in (("--target", target), ("--canaries", canaries)):
            if value:
                raise ValueError(f"{option} is for tables. Leave it out for images.")
        folder, page, found = _of_images(samples, against, held_out, num, seed)

    from gan_keras import files

    out = Path(out) if out else folder / "certificate.md"
    for path, text in ((".md", page.markdown()), (".html", page.html())):
        files.write_text(out.with_suffix(path), text)
    for sentence in found:
        click.echo(sentence)
    click.echo(f"Wrote {out.with_suffix('.md')} and {out.with_suffix('.html')}")


def _of_table(samples, against, held_out, target, canaries, num, seed):
    """Where a table's page goes, the page, and its findings."""
    tables = table_command.opened(samples, against, held_out, target, canaries=canaries)

    from rich.console import Console

    from gan_keras.metrics.tables import column_shapes
    from gan_keras.pages.certificate import certificate as page_of
    from gan_keras.pages.certificate import findings
    from gan_keras.running.evaluation_bar import bar

    with bar(Console(stderr=True)) as progress:
        scores = tables.scores(num=num, seed=seed, progress=progress)
    page = page_of(scores, name=samples, worst=column_shapes(tables.drawn(seed), tables.real))
    return tables.run.folder if tables.run else Path(), page, findings(scores)


def _of_images(samples, against, held_out, num, seed):
    """The same for a run of images, or for a folder or file of them."""
    import_tensorflow()

    from rich.console import Console

    from gan_keras.kinds.audible import Audible
    from gan_keras.pages.image_certificate import image_certificate, image_findings
    from gan_keras.running.evaluation import Evaluation
    from gan_keras.running.evaluation_bar import bar

    evaluation = Evaluation(samples, against=against)
    if not evaluation.real.is_images or isinstance(evaluation.real.kind, Audible):
        raise ValueError(
            f"A certificate is of a table or of images, but these data are "
            f"{evaluation.real.kind.name}. Score them by gan-keras evaluate."
        )
    names = [*evaluation.usual(), "memorization"]
    try:
        held_out = evaluation.held_out(held_out)
    except ValueError as error:
        if held_out is not None:
            raise
        click.echo(f"Left out: memorization. {error}", err=True)
        names.remove("memorization")
    names, too_few = evaluation.possible(names, num=num)
    if too_few:
        click.echo(f"Left out, as there are too few samples for it: {', '.join(too_few)}", err=True)
    with bar(Console(stderr=True)) as progress:
        scores = evaluation.scores(names, num=num, seed=seed, held_out=held_out, progress=progress)
    page = image_certificate(scores, name=samples)
    folder = evaluation.run.folder if evaluation.run else Path()
    return folder, page, image_findings(scores)

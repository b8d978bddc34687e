"""`gan-keras judge`: pages on which people say what is real, and what their answers come to."""

from pathlib import Path

import click

from gan_keras.commands.numbers import COUNT, SEED, Whole
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN
from gan_keras.commands.spaced import spaced

DIFFERENCE = "_difference"  # how names of scores end that compare two runs
STAIRCASE = 100  # trials that it takes from 500 ms down to what people see


def is_file(word):
    """Whether a word after --score is one more file of answers."""
    return word.lower().endswith(".json") or Path(word).is_file()


@click.command(cls=spaced("--score", is_file))
@click.argument("run", type=RUN)
@click.option("--judges", type=COUNT, default=3, show_default=True, help="Pages.")
@click.option(
    "--num",
    type=Whole(2),
    default=50,
    show_default=True,
    help="Real images of a judge, and as many of each run.",
)
@click.option("--pairs", is_flag=True, help="Two images at a time: which is the real one?")
@click.option(
    "--exposure",
    metavar="MS|adaptive",
    help="Show each so long only, or find how long a judge needs.  [default: no limit]",
)
@click.option(
    "--beside",
    metavar="RUN",
    type=RUN,
    help="Another run, whose samples come among the others: which is better?",
)
@click.option("--play", is_flag=True, help="A game: you against the run's own discriminator.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of samples and orders.")
@click.option("--out", metavar="FOLDER", help="[default: RUN/judging-N]")
@click.option(
    "--score", "answers", multiple=True, metavar="FILE...", help="Answers that came back."
)
def judge(run, judges, num, pairs, exposure, beside, play, seed, out, answers):
    """Make pages on which people say which images are real and which are the run RUN's.

    Each judge gets one page, an HTML file that asks nobody for anything, and sends back the file of
    answers that it saves. Then: gan-keras judge RUN --score answers/*.json

    What is asked and how it is counted: docs/pages.md.
    """
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()
    if answers:
        say_scores(run, answers)
        return
    from gan_keras.commands.output import new_file

    exposure = parsed(exposure)
    out = new_file(run, out, stem="judging", suffix="")
    if out.resolve().parent != run.folder.resolve():
        raise ValueError(
            f"A study stays in its run's folder, where --score looks for its key. Received: --out "
            f"'{out}'"
        )

    import_tensorflow()
    from gan_keras.pages.judging.study import make

    paths = make(
        run,
        out,
        num=num,
        judges=judges,
        mode="pairs" if pairs else "one",
        exposure=exposure,
        play=play,
        beside=beside,
        seed=seed,
    )
    click.echo(f"Wrote {len(paths)} page{'s' * (len(paths) > 1)} to {out}")
    if play:
        click.echo(f"Open {paths[0]} in a browser and play.")
        return
    if exposure == "adaptive" and num * (1 if pairs else 2) < STAIRCASE:
        click.echo(
            f"A staircase of fewer than {STAIRCASE} trials ends above where a judge sees: its "
            f"threshold comes out high. Take --num {STAIRCASE if pairs else STAIRCASE // 2}."
        )
    click.echo(
        "Give each judge one of them, and keep key.json to yourself. When answers come back:\n"
        f"  gan-keras judge {run.folder} --score answers/*.json"
    )


def parsed(exposure):
    """What --exposure says: None, "adaptive" or ms."""
    if exposure is None or exposure == "adaptive":
        return exposure
    try:
        return int(exposure)
    except ValueError:
        raise ValueError(
            f"--exposure is a whole number of ms, or adaptive. Received: '{exposure}'"
        ) from None


def headed(metric, run):
    """What a score is called below a heading, and the heading: whose it is."""
    name, _, other = metric.partition("@")
    if name.endswith(DIFFERENCE):
        return name.removesuffix(DIFFERENCE), f"{run} minus {other}"
    return name, other or run


def say_scores(run, paths):
    """Scores answers, and prints what came of it."""
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table

    from gan_keras.pages.judging.scores import scored

    found = scored(run, paths)
    rows = Table(caption_justify="left", caption_style="")
    rows.add_column("score", overflow="fold")
    for name in ("value", "95% (t)", "95% (HYPE's bootstrap)"):
        rows.add_column(name, justify="right", no_wrap=True)
    whose = None
    for score in found.scores:
        name, heading = headed(score.metric, run.name)
        if heading != whose and "@" in found.scores[-1].metric:
            rows.add_section()
            rows.add_row(escape(heading), style="bold")
        whose = heading
        spans = (score.interval, found.bootstrap[score.metric])
        cells = ["" if span is None else "{:.3g} to {:.3g}".format(*span) for span in spans]
        rows.add_row(name, f"{score.value:.3g}", *cells)
    first = found.scores[0]
    rows.caption = escape(f"{first.extractor}\ndata {first.data}\nseed {first.seed}")
    Console(soft_wrap=True, highlight=False).print(rows)
    for one in found.asleep:
        click.echo(
            f"Left out: {one.path}, right on {100 * one.awake:.0f} of 100 pictures that nobody "
            "awake misses."
        )
    for one in found.unshown:
        click.echo(
            f"Left out: {one.path}, whose screen showed {sum(one.kept)} of {len(one.kept)} "
            "pictures for as long as asked."
        )
    if len(found.judged) == 1:
        click.echo("One judge says nothing about others: no interval.")
    click.echo(f"Wrote {run.scores_file}")

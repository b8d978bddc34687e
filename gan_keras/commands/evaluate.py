"""`gan-keras evaluate`: scores of a run, or of any samples, with their whole protocol."""

from pathlib import Path

import click

from gan_keras import files
from gan_keras.commands import (
    sequence_command,
    series_command,
    sound_command,
    table_command,
    video_command,
)
from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, SEED, Whole
from gan_keras.commands.other_options import refuse
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN
from gan_keras.commands.spaced import spaced


def is_metric(word):
    """Whether a word after --metrics is one more of them, misspelt perhaps, and no samples."""
    from gan_keras import data
    from gan_keras.metrics import METRICS, PAIRED

    is_samples = word in data.NAMES or Path(word).exists()
    return word in METRICS or word in PAIRED or (word.isidentifier() and not is_samples)


@click.command(cls=spaced("--metrics", is_metric))
@click.argument("samples", metavar="RUN|FOLDER|NPZ|CSV|FASTA", type=RUN)
@table_command.AGAINST
@click.option(
    "--metrics",
    multiple=True,
    help="Names with commas or spaces between; may be repeated.  [default: fid,kid,prdc; of a "
    "translator on pairs: psnr,ssim,l1 and what suits it]",
)
@click.option(
    "--extractor",
    metavar="NAME|PATH",
    help="Where features come from.  [default: classifier; without labels: pixels]",
)
@click.option(
    "--num",
    type=Whole(2),
    default=10_000,
    show_default=True,
    help="How many samples, and at most how many real ones.",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of samples and subsets.")
@click.option(
    "--split", help="Which part of the real data.  [default: train; of a translator: test]"
)
@click.option(
    "--direction",
    type=click.Choice(["forward", "backward"]),
    default="forward",
    show_default=True,
    help="Which translator, of a run that has two.",
)
@click.option(
    "--beside",
    metavar="RUN",
    type=RUN,
    multiple=True,
    help="Another translator's run, scored on the same data, e.g. of L1 alone; may be repeated.",
)
@table_command.HELD_OUT
@click.option("--target", metavar="COLUMN", help="Of a table: what tstr and trts predict.")
@click.option(
    "--series",
    metavar="COLUMN",
    help="Of files of series: which column tells them apart. Says that a .csv holds series.",
)
@sequence_command.BY
@click.option(
    "--num-frames",
    type=Whole(2),
    help="Of folders of videos: how many frames a clip has. Says that folders hold clips.",
)
@click.option(
    "--size", "--image-size", "image_size", type=COUNT, help="Brings images of files to it."
)
@click.option(
    "--out",
    metavar="FILE",
    help="Scores are added to it, one JSON line each.  [default: RUN/scores.jsonl]",
)
@click.option("--no-picture", is_flag=True, help="No picture of samples beside nearest real ones.")
@no_mark
def evaluate(
    samples,
    against,
    metrics,
    extractor,
    num,
    seed,
    split,
    direction,
    beside,
    held_out,
    target,
    series,
    by,
    num_frames,
    image_size,
    out,
    no_picture,
    no_mark,
):
    """Score the newest checkpoint of a run, a folder of images or an .npz file against real data.

    Two folders do as well, with no GAN involved. What each score sees and misses, and which
    extractors and metrics there are: docs/metrics.md.

    Tables: gan-keras evaluate fake.csv --against people.csv --held-out rest.csv --target income.
    Their scores: docs/table_scores.md.

    Sequences: gan-keras evaluate fake.fasta --against genes.fasta; lines of text also --by words.
    Series of readings: gan-keras evaluate fake.csv --against weather. Sounds: gan-keras evaluate
    CLIPS --against REAL, folders of .wav. Videos: gan-keras evaluate clips --against
    moving_garments. See docs/beyond_images.md.
    """
    names = [name for text in metrics for name in text.replace(",", " ").split()]
    if metrics and not names:
        raise ValueError("--metrics is empty. Give names, or leave it out for the usual ones.")
    if out is not None:
        files.check_adds_lines(out)

    if by is not None and not sequence_command.is_about(samples, against):
        raise ValueError("--by is for lines of text. Leave it out, or score a .txt.")
    of_images = {
        "--extractor": extractor,
        "--split": split,
        "--image-size": image_size,
        "--target": target,
        "--direction": None if direction == "forward" else direction,
        "--beside": beside or None,
    }
    opened = None
    if video_command.is_about(samples, against, num_frames):
        others = {**of_images, "--series": series}
        refuse(others, "is not for videos. Leave it out.", but=("--extractor",))
        opened = video_command.opened(
            samples, against, held_out, num_frames, extractor=extractor, names=names
        )
    elif series_command.is_about(samples, against, series):
        refuse(of_images, "is not for series. Leave it out.")
        opened = series_command.opened(samples, against, held_out, series, names=names)
    elif table_command.is_about(samples, against):
        refuse(of_images, "is for images. Leave it out for a table.", but=("--target",))
        opened = table_command.opened(samples, against, held_out, target, names=names)
    elif sequence_command.is_about(samples, against):
        refuse(of_images, "is not for sequences. Leave it out.")
        opened = sequence_command.opened(samples, against, held_out, by, names=names)
    elif sound_command.is_about(samples, against, names, extractor):
        refuse(of_images, "is not for sounds. Leave it out.")
        opened = sound_command.opened(samples, against, held_out, names=names)
    if opened is not None:
        table_command.evaluate(opened, names, num=num, seed=seed, out=out)
        return
    if target is not None:
        raise ValueError("--target is a column of a table. Leave it out, or score a .csv.")

    from gan_keras.running import score_names

    score_names.check(names)  # a misspelt one is refused before TensorFlow is loaded
    import_tensorflow()
    from rich.console import Console

    from gan_keras.running.evaluation import Evaluation, table
    from gan_keras.running.evaluation_bar import bar

    evaluation = Evaluation(
        samples,
        against=against,
        split=split,
        image_size=image_size,
        extractor=extractor,
        direction=direction,
        beside=beside,
    )
    if evaluation.pairs is not None:
        click.echo(evaluation.about(num))
    if not names:
        names = evaluation.usual()
        names, too_few = evaluation.possible(names, num=num)
        if too_few:
            click.echo(f"Left out, as there are too few samples for it: {', '.join(too_few)}")
    run = evaluation.run
    out = Path(out) if out else run and run.scores_file
    picture = None
    if not no_picture and evaluation.real.is_images and out:
        picture = (run.folder / "evaluation" if run else out.parent) / "nearest.png"
        if evaluation.pairs is not None:
            picture = picture.with_name("translations.png")
    if out:
        files.check_adds_lines(out)
    with bar(Console(stderr=True)) as progress:
        scores = evaluation.scores(names, num=num, seed=seed, held_out=held_out, progress=progress)
    # Shown first: whatever can't be written, nobody waits for the scores twice.
    Console(soft_wrap=True, highlight=False).print(table(scores))
    if out:
        evaluation.write(out, scores)
        click.echo(f"Wrote {out}")
    if picture:
        with bar(Console(stderr=True)) as progress:
            mark = run and mark_of(run, evaluation.model, seed, left_out=no_mark, is_composite=True)
            evaluation.draw(picture, names, num=num, seed=seed, mark=mark, progress=progress)
        click.echo(f"Wrote {picture}")
    if not out:
        click.echo("Kept nothing: --out FILE.jsonl keeps the scores, and a picture beside them.")

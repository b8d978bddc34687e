"""`gan-keras truncations`: variety traded for quality, step by step."""

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, SCALE, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option(
    "--at",
    metavar="A,B,...",
    help="Truncations, as `sample` takes them.  [default: from hardly any to a strong one]",
)
@click.option("--num", type=COUNT, default=10, show_default=True, help="Samples in a row.")
@click.option(
    "--label", metavar="CLASS", help="Class of all samples.  [default: the classes in turn]"
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of the samples.")
@click.option("--scale", type=SCALE, help="Enlarge the pictures.  [default: to be seen]")
@click.option("--out", metavar="FILE.png", help="[default: RUN/truncations-N.png]")
@no_mark
def truncations(run, at, num, label, seed, scale, out, no_mark):
    """Draw the same samples of the run folder RUN under one truncation after another.

    Each row has one truncation, each column one sample: choose a row by eye, and hand its number to
    `gan-keras sample --truncation`.
    """
    from gan_keras.commands.output import new_file
    from gan_keras.running.class_choice import number_of
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()
    label = number_of(label, run)
    given = None if at is None else numbers(at)
    out = new_file(run, out, stem="truncations", suffix=".png")

    import_tensorflow()
    from gan_keras import images, latent_tools
    from gan_keras.latent_tools import pictures, truncation
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "truncations")
    pictures.check_images(model, "A truncation sweep")
    given = given or truncation.usual(model)
    swept = latent_tools.truncation_sweep(model, given, num=num, labels=label, seed=seed)
    picture = pictures.seen(pictures.rows(swept), scale)
    picture = images.with_row_names(picture, [f"{t:g}" for t in given])
    images.save_png(out, picture, mark=mark_of(run, model, seed, left_out=no_mark))
    click.echo(f"Wrote rows of truncation {', '.join(f'{t:g}' for t in given)} to {out}")


def numbers(text):
    """List of the numbers in "2,1,0.5"."""
    try:
        return [float(part) for part in text.split(",")]
    except ValueError:
        raise ValueError(
            f"--at takes numbers with commas between, such as 2,1,0.5. Received: '{text}'"
        ) from None

"""`gan-keras codes`: what each code of an InfoGAN does."""

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, FINITE, SCALE, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option("--rows", type=COUNT, default=3, show_default=True, help="Samples for each code.")
@click.option("--steps", type=COUNT, default=10, show_default=True, help="Continuous values.")
@click.option("--span", type=FINITE, default=2.0, show_default=True, help="How far both ways.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of the samples.")
@click.option("--scale", type=SCALE, help="Enlarge the pictures.  [default: to be seen]")
@click.option("--out", metavar="FOLDER", help="[default: RUN/codes-N]")
@no_mark
def codes(run, rows, steps, span, seed, scale, out, no_mark):
    """Change one code after another of the InfoGAN in the run folder RUN.

    Writes a picture for each code, the categorical ones first: a row keeps its noise and its other
    codes, while the one goes through its values from left to right.
    """
    from gan_keras.commands.output import new_file
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()
    out = new_file(run, out, stem="codes", suffix="")

    import_tensorflow()
    from gan_keras import images, models
    from gan_keras.latent_tools import pictures
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "codes")
    if not isinstance(model, models.InfoGAN):
        raise ValueError(
            f"'{run.folder}' is a run of {type(model).__name__}, which has no codes. Train one "
            "that has: gan-keras train fashion_mnist_infogan"
        )
    pictures.check_images(model, "A picture of codes")
    out.mkdir(parents=True)
    mark = mark_of(run, model, seed, left_out=no_mark)
    num_codes = len(model.codes.categories) + model.codes.num_continuous
    for code in range(num_codes):
        moved = model.traverse(code, num_rows=rows, num_steps=steps, span=span, seed=seed)
        kind = "category" if code < len(model.codes.categories) else "continuous"
        picture = pictures.seen(pictures.rows(moved), scale)
        images.save_png(out / f"code-{code}-{kind}.png", picture, mark=mark)
    click.echo(f"Wrote a picture of each of {num_codes} codes to {out}")

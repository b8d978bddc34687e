"""`gan-keras directions`: what a run's generator varies most, read off its weights."""

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, FINITE, SCALE, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option("--num", type=COUNT, default=3, show_default=True, help="How many directions.")
@click.option("--rows", type=COUNT, default=3, show_default=True, help="Samples for each.")
@click.option("--steps", type=COUNT, default=9, show_default=True, help="Images along each.")
@click.option("--distance", type=FINITE, default=3.0, show_default=True, help="How far both ways.")
@click.option("--label", metavar="CLASS", help="Class of all samples.  [default: 0]")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of the samples.")
@click.option("--scale", type=SCALE, help="Enlarge the pictures.  [default: to be seen]")
@click.option("--out", metavar="FILE.png", help="[default: RUN/directions-N.png]")
@no_mark
def directions(run, num, rows, steps, distance, label, seed, scale, out, no_mark):
    """Move samples of the run folder RUN along the directions that change them most.

    Closed-form factorisation (SeFa): no data and no training. One row for each sample, those of a
    direction together, its number before the first. The directions themselves go into an .npz of
    the picture's name.
    """
    from gan_keras.commands.output import new_file
    from gan_keras.running.class_choice import number_of
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()
    label = number_of(label, run)
    out = new_file(run, out, stem="directions", suffix=".png", beside=[".npz"])

    import_tensorflow()
    import numpy as np

    from gan_keras import files, images, latent_tools
    from gan_keras.latent_tools import pictures
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "directions")
    pictures.check_images(model, "A picture of directions")
    found = latent_tools.directions(model.moving_average_generator or model.generator, num=num)
    settings = {"num_rows": rows, "num_steps": steps, "distance": distance}
    moved = [
        latent_tools.travel(model, direction, **settings, labels=label, seed=seed)
        for direction in found
    ]
    picture = pictures.seen(pictures.rows(np.stack(moved)), scale)
    names = [f"{number}" if row == 0 else "" for number in range(1, num + 1) for row in range(rows)]
    mark = mark_of(run, model, seed, left_out=no_mark)
    images.save_png(out, images.with_row_names(picture, names), mark=mark)
    with files.replacing(out.with_suffix(".npz")) as temporary:
        np.savez_compressed(temporary, directions=found)
    click.echo(f"Wrote {num} directions, {rows} rows each, to {out}")

"""`gan-keras film`: walks through a run's latent space, as a GIF that closes."""

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, SCALE, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.option("--stops", type=COUNT, default=6, show_default=True, help="Samples on a walk.")
@click.option("--steps", type=COUNT, default=16, show_default=True, help="Frames between two.")
@click.option("--walks", type=COUNT, default=9, show_default=True, help="Walks side by side.")
@click.option("--speed", type=COUNT, default=12, show_default=True, help="Frames a second.")
@click.option(
    "--label", metavar="CLASS", help="Class of all walks.  [default: the classes in turn]"
)
@click.option("--seed", type=SEED, help="The same seed walks the same way.")
@click.option("--scale", type=SCALE, help="Enlarge it.  [default: to be seen]")
@click.option("--out", metavar="FILE.gif", help="[default: RUN/film-N.gif]")
@no_mark
def film(run, stops, steps, walks, speed, label, seed, scale, out, no_mark):
    """Film walks from sample to sample of the run folder RUN, back to where they began."""
    from gan_keras.commands.output import new_file
    from gan_keras.running.class_choice import number_of
    from gan_keras.running.runs import Run

    run = Run(run)
    run.read_config()
    label = number_of(label, run)
    out = new_file(run, out, stem="film", suffix=".gif")

    import_tensorflow()
    from gan_keras import images, latent_tools
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "film")
    frames = latent_tools.film(
        model, num_stops=stops, num_steps=steps, num_walks=walks, labels=label, seed=seed
    )
    scale = scale or images.suitable_scale(*frames.shape[1:3])
    frames = [images.enlarged(frame, scale) for frame in frames]
    mark = mark_of(run, model, seed, left_out=no_mark)
    images.save_gif(out, frames, frames_per_second=speed, mark=mark)
    click.echo(f"Wrote {len(frames)} frames to {out}")

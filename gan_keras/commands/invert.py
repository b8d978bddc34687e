"""`gan-keras invert`: the latents whose sample is nearest to an image."""

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, SCALE, SEED, Whole
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN
from gan_keras.commands.spaced import spaced


@click.command(cls=spaced("--index", str.isdigit))
@click.argument("run", type=RUN)
@click.argument("image", nargs=-1)
@click.option(
    "--index", type=Whole(0), multiple=True, help="Samples of --data by number: --index 3 7"
)
@click.option("--data", metavar="NAME|PATH", help="[default: what the run was trained on]")
@click.option("--split", default="train", show_default=True, help="Which part of the data.")
@click.option(
    "--label", metavar="CLASS", help="Class to look in.  [default: whichever comes nearest]"
)
@click.option("--steps", type=COUNT, default=300, show_default=True, help="Steps of the descent.")
@click.option("--starts", type=COUNT, default=4, show_default=True, help="Where it begins from.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of the starts.")
@click.option("--scale", type=SCALE, help="Enlarge the pictures.  [default: to be seen]")
@click.option("--out", metavar="FILE.npz", help="[default: RUN/inversion-N.npz]")
@no_mark
def invert(run, image, index, data, split, label, steps, starts, seed, scale, out, no_mark):
    """Find the latents of the run folder RUN whose samples are nearest to images.

    The images are files, or samples of a data set by --index. A descent looks for their latents and
    writes latents, labels, images and errors as .npz, and a picture of that name: each image above
    the nearest that the generator can make. Files are cropped
    and scaled to the run's size. What stays far from its image, the generator has not learned.
    """
    from gan_keras.commands.output import new_file
    from gan_keras.running.class_choice import number_of
    from gan_keras.running.runs import Run

    run = Run(run)
    settings = run.read_config()["settings"]
    label = number_of(label, run)
    if bool(image) == bool(index):
        raise ValueError("Name image files, or samples of a data set by --index; one of the two.")
    out = new_file(run, out, stem="inversion", suffix=".npz", beside=[".png"])

    import_tensorflow()
    import numpy as np

    from gan_keras import files, images, latent_tools
    from gan_keras.latent_tools import pictures, targets
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "invert")
    pictures.check_images(model, "Inversion")
    if image:
        names, wanted = image, targets.from_files(image, model.sample_shape)
    else:
        own = data in (None, settings["data"])
        arguments = {**(settings["data_arguments"] if own else {}), "split": split}
        name = settings["data"] if own else data
        names = [f"{name} {number}" for number in index]
        wanted = targets.from_data(name, index, model.sample_shape, **arguments)
    found = latent_tools.invert(
        model, wanted, labels=label, num_steps=steps, num_starts=starts, seed=seed
    )
    arrays = {"latents": found.latents, "images": found.images, "errors": found.errors}
    if found.labels is not None:
        arrays["labels"] = found.labels
    with files.replacing(out) as temporary:
        np.savez_compressed(temporary, targets=wanted, **arrays)
    picture = out.with_suffix(".png")
    mark = mark_of(run, model, seed, left_out=no_mark, is_composite=True)
    beside = pictures.seen(pictures.pairs(wanted, found.images), scale)
    images.save_png(picture, beside, mark=mark)
    for row, (name, error) in enumerate(zip(names, found.errors, strict=True)):
        of_class = "" if found.labels is None else f", class {found.labels[row]}"
        click.echo(f"{name}: squared error {error:.4f}{of_class}")
    drawn = model.sample(len(wanted), labels=found.labels, seed=seed)
    mean, of_random = found.errors.mean(), np.square(drawn - wanted).mean()
    click.echo(f"Mean {mean:.4f}; of random samples in their place {of_random:.4f}")
    click.echo(f"Wrote {out} and {picture}")

"""`gan-keras attribute`: is this image a sample of this generator?"""

import json

import click

from gan_keras.commands.numbers import COUNT, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN

LEVEL = 0.05  # below it a p-value is called small


@click.command()
@click.argument("run", type=RUN)
@click.argument("image", nargs=-1, required=True)
@click.option(
    "--held-out", metavar="DATA", help="Real images never trained on.  [default: the test split]"
)
@click.option("--num", type=COUNT, default=99, show_default=True, help="How many of those.")
@click.option("--steps", type=COUNT, default=100, show_default=True, help="Steps of the descent.")
@click.option("--starts", type=COUNT, default=2, show_default=True, help="Where it begins from.")
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of starts and real images.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def attribute(run, image, held_out, num, steps, starts, seed, as_json):
    """Ask of images whether the generator of the run folder RUN made them.

    A descent looks for the sample nearest to each image, and to NUM real images. p is how rarely a
    real image comes as near: of one that comes from where the real ones do it is below 0.05 once in
    twenty. Files are cropped and scaled to the run's size. It is evidence, no proof: another run on
    the same data may come as near.
    """
    from gan_keras.running.runs import Run

    run = Run(run)
    settings = run.read_config()["settings"]

    import_tensorflow()
    import numpy as np

    from gan_keras import latent_tools
    from gan_keras.data import held_out as held_out_data
    from gan_keras.latent_tools import pictures, targets
    from gan_keras.running.sampling import check_latents, load

    model = check_latents(load(run), "attribute")
    pictures.check_images(model, "Attribution")
    height, width, channels = model.sample_shape
    sizes = {"image_size": (height, width), "channels": channels}
    if held_out is None:
        source = held_out_data.default(settings["data"], **settings["data_arguments"] | sizes)
    else:
        source = held_out_data.named(held_out, **sizes)
    if source.num_samples < num:
        raise ValueError(
            f"--num {num} real images are wanted, but '{source.name}' has {source.num_samples}. "
            "Take fewer: a smaller --num."
        )
    places = np.random.default_rng(seed).choice(source.num_samples, num, replace=False)
    found = latent_tools.attribute(
        model,
        targets.from_files(image, model.sample_shape),
        source.rows(places)["real"],
        num_steps=steps,
        num_starts=starts,
        seed=seed,
    )
    for name, error, p in zip(image, found.errors, found.p_values, strict=True):
        if as_json:
            line = {"image": name, "run": run.name, "step": model.steps_done}
            line |= {"error": float(error), "p": float(p), "num_real": num}
            click.echo(json.dumps(line))
            continue
        words = "nearer than real images" if p <= LEVEL else "as far as real images"
        click.echo(f"{name}: squared error {error:.4f}, p {p:.3g} ({words})")
    if not as_json:
        typical = f"{np.median(found.real_errors):.4f}"
        click.echo(f"{num} of {source.name}: squared error {typical} in the middle")

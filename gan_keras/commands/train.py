"""`gan-keras train`: a recipe becomes a run folder."""

import ast
import signal
import sys

import click

from gan_keras.commands.numbers import COUNT, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN

EX_TEMPFAIL = 75  # sysexits.h: try again; what a scheduler takes for "start me once more"


class Train(click.Command):
    """Remembers its arguments as they were typed, for --seeds."""

    def parse_args(self, ctx, args):
        """As in click."""
        ctx.meta["arguments"] = list(args)
        return super().parse_args(ctx, args)


@click.command(cls=Train)
@click.argument("recipe", required=False)
@click.option("--data", metavar="NAME|PATH", help="Data set, folder of images, .csv, .npz or .npy.")
@click.option(
    "--column",
    "column_types",
    multiple=True,
    metavar="NAME=TYPE",
    help="What a table's column is: category, boolean, number or date. May be repeated.",
)
@click.option("--drop", multiple=True, metavar="NAME", help="Leave out a column. May be repeated.")
@click.option("--size", type=COUNT, help="Pixels of a side to bring images to.")
@click.option(
    "--images",
    "--rows",
    metavar="NUMBER",
    help="Length of the run: 400k, 1.5M or 400000 images, or rows of a table.",
)
@click.option("--epochs", type=COUNT, help="Its length in passes over the data.")
@click.option("--batch-size", type=COUNT, help="Images of one update.")
@click.option("--seed", type=SEED, help="Of weights, noise and data order.  [default: 0]")
@click.option("--out", metavar="FOLDER", help="Run folder.  [default: runs/RECIPE-N]")
@click.option(
    "--resume",
    is_flag=False,
    flag_value="",
    metavar="[FOLDER]",
    help="Go on with a run: FOLDER, or --out, or the recipe's newest under runs/.",
)
@click.option(
    "--set",
    "changes",
    multiple=True,
    metavar="KEY=VALUE",
    help="Change a setting: --set loss=hinge --set penalties.r1.weight=0.5. May be repeated.",
)
@click.option("--dry-run", is_flag=True, help="Print settings and sizes; write nothing.")
@click.option("--as-python", is_flag=True, help="Print a script that trains the same; run nothing.")
@click.option(
    "--checkpoint-every",
    type=COUNT,
    metavar="STEPS",
    help="Save in the middle of epochs, too.",
)
@click.option(
    "--strategy",
    type=click.Choice(["auto", "mirrored", "multi_worker", "tpu"]),
    help="Devices to train on.  [default: auto]",
)
@click.option(
    "--precision",
    type=click.Choice(["auto", "float32", "mixed_bfloat16", "mixed_float16"]),
    envvar="GAN_KERAS_PRECISION",
    help="Numbers to compute with; auto: bfloat16 where it is quicker.  [default: float32]",
)
@click.option("--deterministic", is_flag=True, default=None, help="The same bits on a GPU, too.")
@click.option(
    "--from", "start_from", type=RUN, metavar="RUN", help="Start with another run's weights."
)
@click.option(
    "--freeze-discriminator",
    type=COUNT,
    metavar="LAYERS",
    help="Keep its first layers as they came with --from.",
)
@click.option("--quality", metavar="NAMES", help="Score every epoch: --quality fid,kid")
@click.option("--quality-every", type=COUNT, metavar="EPOCHS", help="Less often.")
@click.option(
    "--until",
    metavar="METRIC",
    help="Keep the best generator by a score such as fid, and stop when no better one comes.",
)
@click.option(
    "--seeds", metavar="0,1,2", help="Train once for each; the last logs, their mean and spread."
)
@click.option(
    "--diagnose", is_flag=True, default=None, help="Watch for what goes wrong, and say it."
)
@click.option(
    "--no-mark",
    "mark",
    flag_value=False,
    default=None,
    help="Don't note in pictures that they are generated, and by what.",
)
def train(
    recipe,
    data,
    size,
    images,
    column_types,
    drop,
    epochs,
    batch_size,
    seed,
    out,
    resume,
    changes,
    dry_run,
    as_python,
    checkpoint_every,
    seeds,
    **machine,
):
    """Train RECIPE (see `gan-keras list`) in a new run folder.

    Without RECIPE this is fashion_mnist_dcgan, and for a folder or file of images `photos`, whose
    settings follow from their size and number: gan-keras train --data PHOTOS --size 64

    Ctrl-C saves and stops. --resume goes on to exactly what an undisturbed run would have reached.
    """
    if seeds is not None:
        several(seeds, recipe, out, resume, seed, data)
        return
    from gan_keras import recipes
    from gan_keras.machines import workers
    from gan_keras.recipes import length, other_data
    from gan_keras.running import runs

    if images is not None and epochs is not None:
        raise ValueError(
            "--images (or --rows) and --epochs both say how long the run is. Give one of them."
        )
    images = None if images is None else length.parsed(images)
    if out is not None and not out.strip():
        raise ValueError("--out is empty. Give the folder of the new run.")
    if data is not None and not data.strip():
        raise ValueError("--data is empty. Give a name or a path; write . for this folder.")
    given = {"data": data, "epochs": epochs, "batch_size": batch_size}
    if size is not None:
        given["data_arguments.image_size"] = size
    given = {key: value for key, value in given.items() if value is not None} | parsed(changes)
    if column_types:
        given["data_arguments.columns"] = dict(pair("--column", text) for text in column_types)
    if drop:
        given["data_arguments.drop"] = drop
    arguments = {"seed": seed, **machine}
    arguments = {key: value for key, value in arguments.items() if value is not None}
    run = source = None
    if resume is None:
        arguments.setdefault("precision", "float32")
        chosen, old_arguments = new_recipe(recipe, given.get("data")), {}
        if out is not None:
            runs.check_new(workers.own_folder(out))
        elif workers.count() > 1:
            raise ValueError("With several workers say where: the same --out on every worker.")
    else:
        folder = resume or out or runs.newest(new_recipe(recipe).name)
        run = runs.Run(workers.own_folder(folder))
        check_one_folder(resume, out)
        if arguments.get("precision") == "auto" or not typed("precision"):
            arguments.pop("precision", None)  # a run keeps its own
        chosen, old_arguments = recipe_of(run, recipe)
    if run is None and chosen.name in recipes.SUITED:
        chosen, source = adapted(chosen, given)
    elif run is None and "data" in given:
        chosen, line = other_data.suited(chosen, given["data"], given)
        if line is not None:
            click.echo(line, err=True)
    chosen = chosen.with_settings(given)
    if run is None and out is None:
        runs.check_name(chosen.name)  # of the folder, which a dry run does not make
    if images is not None:
        from gan_keras import data as data_sets

        source = source or data_sets.source(chosen.data, **chosen.data_arguments)
        epochs = length.epochs_for(images, chosen, source.num_samples)
        chosen = chosen.with_settings({"epochs": epochs})

    import_tensorflow()
    from rich.console import Console

    from gan_keras.running.training import Training, known_arguments

    console = Console(soft_wrap=True, highlight=False)
    training = Training(chosen, source=source, **{**known_arguments(old_arguments), **arguments})
    if as_python:
        from gan_keras.running.as_python import script

        click.echo(script(training), nl=False)
        return
    if run is not None:
        training.check_same(run)
    if message := too_short(training):
        click.echo(f"Warning: {message}", err=True)
    if dry_run:
        console.print(summary(training), markup=False)
        return
    go_on = run is not None
    if not go_on:
        for line in training.source.kind.remarks():
            console.print(line, markup=False)
        run = training.start(out)
        if training.not_fitting:
            console.print(f"Did not fit: {', '.join(training.not_fitting)}", markup=False)
    console.print(f"Run folder: {run.folder}", markup=False)
    console.print(f"Precision: {told_precision(training, arguments)}", markup=False)
    stopped = training.run(run, checkpoint_every=checkpoint_every, go_on=go_on, console=console)
    if stopped is not None:
        console.print(
            f"Stopped after step {training.model.steps_done}, and saved. Go on with:\n"
            f"  gan-keras train --resume {run.folder}",
            markup=False,
        )
        sys.exit(EX_TEMPFAIL if stopped == signal.SIGTERM else 128 + stopped)
    if workers.index() > 0:
        console.print(f"Done. The results are with {workers.name(0)}.", markup=False)
        return
    if run.best_file.is_file():
        console.print(
            f"gan-keras sample takes the best checkpoint; {run.best_file} is its generator.",
            markup=False,
        )
    console.print(
        f"Done. Last samples: {run.last_grid()}\n"
        "What to type next:\n"
        f"  {next_command(training.model, run)}\n"
        f"  gan-keras report {run.folder}\n"
        f"  tensorboard --logdir {run.logs}",
        markup=False,
    )


def several(seeds, recipe, out, resume, seed, data):
    """Trains once for each seed; ends the process if one of the runs does not end well."""
    from gan_keras.commands import seeds as of_seeds
    from gan_keras.running import runs

    numbers = of_seeds.parsed(seeds)
    if seed is not None or resume is not None:
        other = "--seed" if seed is not None else "--resume"
        raise ValueError(f"--seeds trains new runs from several seeds: leave {other} out.")
    asked = click.get_current_context().params
    for name in ("dry_run", "as_python"):
        if asked.get(name):
            raise ValueError(f"--seeds trains: leave --{name.replace('_', '-')} out, or --seeds.")
    out = out or str(runs.default_folder(f"{new_recipe(recipe, data).name}-seeds"))
    arguments = click.get_current_context().meta["arguments"]
    if code := of_seeds.run_all(numbers, out, of_seeds.without(arguments, "--seeds", "--out")):
        sys.exit(code)


def told_precision(training, arguments):
    """The precision of a training, and whether it was chosen for the machine."""
    precision = training.arguments["precision"]
    if arguments.get("precision") == "auto":
        return f"{precision} (chosen for this machine)"
    return precision


def typed(option):
    """Whether an option was given on the command line, and not by the environment."""
    given = click.get_current_context().get_parameter_source(option)
    return given is click.core.ParameterSource.COMMANDLINE


def next_command(model, run):
    """What shows more of a trained model's work."""
    from gan_keras import models

    if isinstance(model, models.TranslationModel):
        return f"gan-keras translate {run.folder} {model.kind.unit.upper()}"
    return f"gan-keras sample {run.folder}"


def new_recipe(name, data=None):
    """A recipe by its name; for None the one that suits the data, if they are given."""
    from gan_keras import recipes

    return recipes.get(recipes.default_for(data) if name is None else name)


def adapted(recipe, given):
    """A recipe whose settings follow from its data, with those that suit them, and the data.

    Args:
        recipe: one of `recipes.SUITED`.
        given: what the command line changes, of which the data and the batch matter here.
    """
    from gan_keras import data, recipes
    from gan_keras.recipes import photos

    first = ("data", "batch")
    recipe = recipe.with_settings(
        {key: value for key, value in given.items() if key.partition("_")[0] in first}
    )
    if recipe.name == photos.RECIPE.name:
        recipe = photos.sized(recipe)
    source = data.source(recipe.data, **recipe.data_arguments)
    return recipes.SUITED[recipe.name](recipe, source), source


def too_short(training):
    """One line if a run of images or rows made from latents is too short, or None."""
    from gan_keras import models
    from gan_keras.recipes import length

    unit = training.source.kind.unit
    if unit not in ("images", "rows") or isinstance(training.model, models.TranslationModel):
        return None
    steps = training.recipe.epochs * training.steps_per_epoch
    return length.too_short(steps, training.images_per_step, training.steps_per_epoch, unit=unit)


def recipe_of(run, name):
    """The recipe and the arguments that a run was started with.

    Raises:
        ValueError: there is no such run, or it was of another recipe than `name`.
    """
    from gan_keras.recipes import Recipe

    config = run.read_config()
    if name is not None and name != config["recipe"]:
        raise ValueError(
            f"'{run.folder}' is a run of '{config['recipe']}', not of '{name}'. "
            "Leave the recipe out to go on with it, or start a new run."
        )
    return Recipe.from_run(config["settings"]), config["arguments"]


def check_one_folder(resume, out):
    """Raises ValueError if --resume and --out name two folders."""
    if resume and out and resume != out:
        raise ValueError(
            f"--resume '{resume}' and --out '{out}' are two folders. A run goes on in its own: "
            "leave --out out."
        )


def parsed(changes):
    """Dict from the texts "key=value"; values are Python's literals, or else words."""
    values = {}
    for change in changes:
        key, equals, text = change.partition("=")
        if not equals or not key:
            raise ValueError(f"--set takes KEY=VALUE, e.g. --set loss=hinge. Received: '{change}'")
        try:
            values[key] = ast.literal_eval(text)
        except (ValueError, SyntaxError):
            values[key] = text
    return values


def pair(option, text):
    """A name and a value from "NAME=VALUE"; the name may hold a sign of equality, the value none.

    Raises:
        ValueError: there is no "=" in it, or no name.
    """
    name, equals, value = text.rpartition("=")
    if not equals or not name.strip():
        raise ValueError(f"{option} takes NAME=VALUE. Received: '{text}'")
    return name.strip(), value.strip()


def summary(training):
    """Settings and sizes, for --dry-run."""
    from gan_keras.running import runs

    config, model = training.config(), training.model
    recipe = training.recipe
    samples = "images" if training.source.is_images else "samples"
    lines = [
        runs.as_json({"settings": config["settings"], "arguments": config["arguments"]}).rstrip(),
        f"data           {runs.describe(config['data'])}",
        *training.source.kind.summary(),
        *(
            f"{network.name:<13}  {network.count_params():,} parameters"
            for network in (*model.generator_networks(), *model.discriminator_networks())
        ),
        f"training       {recipe.epochs} epochs of {training.steps_per_epoch} steps of "
        f"{training.images_per_step} {samples}: "
        f"{recipe.epochs * training.steps_per_epoch * training.images_per_step:,} {samples}",
        "Dry run: nothing was written.",
    ]
    return "\n".join(lines)

"""`gan-keras sample`: new images, rows of a table, sequences, series or clips, from a run."""

import secrets

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, FINITE, SCALE, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN
from gan_keras.commands.train import pair


@click.command()
@click.argument("run", type=RUN)
@click.option("--num", type=COUNT, help="How many.  [default: 100; rows: 2000; sequences: 600]")
@click.option("--seed", type=SEED, help="The same seed draws the same samples.")
@click.option("--label", metavar="CLASS", help="Class of all samples: number or name.")
@click.option(
    "--truncation",
    type=FINITE,
    help="Largest latent: 2 to 1, better and less varied; below, noise.",
)
@click.option("--scale", type=SCALE, help="Enlarge a grid or walk.  [default: to be seen]")
@click.option(
    "--where",
    "wishes",
    multiple=True,
    metavar="COLUMN=VALUE",
    help="Rows of a table, or series, where it is so: --where sex=Female --where age=30..39.",
)
@click.option("--interpolate", is_flag=True, help="A walk from one sample to another.")
@click.option(
    "--out",
    metavar="PATH",
    help="A .png (grid), .npz, .gif (walk), or a folder of PNGs; a table's .csv or .parquet; "
    "sequences' .txt or .fasta; series' .csv; clips' .gif.  [default: RUN/sample-N.png, .csv, "
    ".txt, .gif]",
)
@no_mark
def sample(run, num, seed, label, truncation, scale, wishes, interpolate, out, no_mark):
    """Draw samples from the newest checkpoint of the run folder RUN."""
    from gan_keras import kinds
    from gan_keras.commands.output import new_file
    from gan_keras.running.class_choice import names_of, number_of
    from gan_keras.running.runs import Run, kind_of

    run = Run(run)
    label = number_of(label, run)
    pairs = [pair("--where", text) for text in wishes]
    where = dict(pairs) or None
    if len(pairs) > len(where or {}):
        named = [name for name, _ in pairs]
        twice = next(name for name in named if named.count(name) > 1)
        raise ValueError(
            f"--where names '{twice}' twice, but a row has one value there. Sample twice."
        )
    if interpolate and truncation is not None:
        raise ValueError("--interpolate walks between untruncated samples: leave --truncation out.")
    if interpolate and where:
        raise ValueError("--interpolate walks between any samples: leave --where out.")
    endings = (".gif", ".png", ".npz", "") if interpolate else (".png", ".npz", "")
    kind = kind_of(run.read_config())
    if kind.walks and out and out.endswith(".gif") and not interpolate:
        raise ValueError(f"A .gif shows a walk. Add --interpolate, or name a .png: '{out}'")
    if kind.can_be_heard:
        endings += (".wav", ".html")
    if not kind.walks:
        if interpolate:
            raise ValueError(f"--interpolate shows images; between {kind.unit} lies no walk.")
        if scale is not None:
            raise ValueError(f"--scale enlarges images. Leave it out for {kind.unit}.")
        if truncation is not None and issubclass(kind, kinds.Tabular):
            raise ValueError(
                "--truncation draws images nearer to the average. Of a table it would leave out "
                "rare values and shift the shares of all others: leave it out."
            )
        endings = (*kind.formats, ".npz")
    suffix, *also = endings
    out = new_file(run, out, stem="sample", suffix=suffix, also=also)

    import_tensorflow()
    from gan_keras.latent_tools import truncation as truncation_tools
    from gan_keras.running.sampling import check_latents, draw, load

    model = check_latents(load(run), "sample")
    if message := truncation_tools.noisy(model, truncation):
        click.echo(f"Warning: {message}", err=True)
    if seed is None:
        seed = secrets.randbelow(2**31)  # so that the mark can say which
    samples, labels = draw(
        model,
        num,
        seed=seed,
        label=label,
        truncation=truncation,
        interpolate=interpolate,
        where=where,
    )
    columns = class_names = None
    if model.num_classes is not None:
        class_names = names_of(run)
        if label is None and len(samples) % model.num_classes == 0:
            columns = len(samples) // model.num_classes  # a row for each class
    model.kind.write(
        out,
        samples,
        labels,
        columns=columns,
        scale=scale,
        class_names=class_names,
        mark=mark_of(run, model, seed, left_out=no_mark),
    )
    click.echo(f"Wrote {len(samples)} samples to {out}")

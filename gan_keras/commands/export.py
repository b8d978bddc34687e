"""`gan-keras export`: the generator of a run, for places where gan_keras is not installed."""

from pathlib import Path

import click

from gan_keras import files
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN

SUFFIXES = {"keras": ".keras", "saved_model": "", "onnx": ".onnx", "tflite": ".tflite"}


@click.command()
@click.argument("run", type=RUN)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(SUFFIXES)),
    default="keras",
    show_default=True,
    help="onnx needs: pip install 'gan-keras[onnx]'",
)
@click.option("--out", metavar="PATH", help="File or folder.  [default: RUN/export-N]")
@click.option(
    "--network",
    default="generator",
    show_default=True,
    help="Which, of a run that has several: CycleGAN has a backward_generator, too.",
)
@click.option("--uint8", is_flag=True, help="Images as bytes in [0, 255], not floats in [-1, 1].")
def export(run, format_name, out, network, uint8):
    """Write the averaged generator of the run folder RUN as a file of its own.

    Latents in (and labels, if conditional), images out; of a translator, images in and out. Checked
    by running what was written.
    """
    from gan_keras.running.runs import Run

    run, suffix = Run(run), SUFFIXES[format_name]
    run.read_config()
    if out is not None and not out.strip():
        raise ValueError("--out is empty. Give a path.")
    out = Path(out) if out else run.free_path("export", suffix)
    files.check_folder(out.parent)
    if out.exists():
        raise ValueError(f"'{out}' exists already. Give another --out.")
    if out.suffix != suffix:
        wanted = f"ends in {suffix}" if suffix else "is a folder, its name without a dot"
        raise ValueError(f"--out of format {format_name} {wanted}. Received: '{out}'")

    import_tensorflow()
    from gan_keras import exporting
    from gan_keras.running.sampling import load

    difference = exporting.export(load(run), out, format=format_name, uint8=uint8, network=network)
    click.echo(f"Wrote {out} and ran it: largest difference {difference:.2g}")

"""`gan-keras translate`: what a translator's run makes of images or sounds."""

from pathlib import Path

import click

from gan_keras.commands.marking import mark_of, no_mark
from gan_keras.commands.numbers import COUNT, SEED
from gan_keras.commands.quiet import import_tensorflow
from gan_keras.commands.run_folder import RUN


@click.command()
@click.argument("run", type=RUN)
@click.argument("images", metavar="FILE|FOLDER")
@click.option(
    "--out",
    metavar="PATH",
    help="A new folder; for one file, also a .png, or .wav.  [default: RUN/translation-N]",
)
@click.option("--mask", metavar="FILE|FOLDER", help="White where pixels are missing: inpainting.")
@click.option(
    "--direction",
    type=click.Choice(["forward", "backward"]),
    default="forward",
    show_default=True,
    help="Backward: from samples to inputs, of a run that learns both ways.",
)
@click.option("--size", type=COUNT, help="Brings images to it first.  [default: their own]")
@click.option(
    "--tile",
    type=COUNT,
    help="Side of tiles, which bound the memory.  [default: 256, above 512 pixels a side]",
)
@click.option("--seed", type=SEED, default=0, show_default=True, help="Of latents, if it has any.")
@no_mark
def translate(run, images, out, mask, direction, size, tile, seed, no_mark):
    """Translate an image, or a folder of them, by the newest checkpoint of the run folder RUN.

    A vocoder's run takes .wav files: each becomes a mel spectrogram and a sound again.

    Images keep their size, but are enlarged by a run of super-resolution. Transparent ones are laid
    on white; colours become grey where the network takes grey.
    """
    from gan_keras.commands.output import new_file
    from gan_keras.running.runs import Run, kind_of

    run = Run(run)
    config = run.read_config()
    is_file = Path(images).is_file()
    if not is_file and not Path(images).is_dir():
        raise ValueError(f"There is no image, and no folder, '{images}'.")
    out = new_file(
        run, out, stem="translation", suffix="", also=(kind_of(config).one_file,) if is_file else ()
    )

    import_tensorflow()
    from rich.console import Console

    from gan_keras.running import translating
    from gan_keras.running.evaluation_bar import bar
    from gan_keras.running.sampling import check_translator, load

    translator = translating.opened(
        check_translator(load(run)),
        direction=direction,
        size=size,
        tile=tile,
        seed=seed,
        labels=translating.labels_of(config["settings"]),
    )
    if translator.takes_mask and mask is None:
        raise ValueError("This run fills holes. Say where they are: --mask FILE, white = missing.")
    if mask is not None and not translator.takes_mask:
        raise ValueError("This run fills no holes. Leave --mask out.")
    found = translator.listed(images)
    masks = None if mask is None else translating.masks_for(found, mask)
    # A filled hole stands among pixels of the image itself.
    mark = mark_of(
        run, translator.model, seed, left_out=no_mark, is_composite=translator.takes_mask
    )
    with bar(Console(stderr=True)) as progress:
        translating.translate_files(
            translator, found, out, masks=masks, mark=mark, progress=progress
        )
    click.echo(f"Wrote {len(found)} translation{'s' * (len(found) > 1)} to {out}")

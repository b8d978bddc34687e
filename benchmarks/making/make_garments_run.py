"""Packs a finished run of the default recipe as the run that comes with the package.

    gan-keras train --out runs/garments
    python -m benchmarks.making.make_garments_run runs/garments

Kept are config.json, history.csv, the last grid, scores.jsonl if there are any, the averaged
generator and the newest checkpoint, without optimizers. In the checkpoint the generator is the
averaged one. All weights are rounded to half precision.
"""

import argparse
import pathlib
import shutil
import tarfile
import tempfile

import numpy as np

from gan_keras.running import bundled


def rounded(weights):
    """Float arrays as half precision keeps them; others as they are."""
    return [
        weight.astype("float16").astype(weight.dtype) if weight.dtype.kind == "f" else weight
        for weight in map(np.asarray, weights)
    ]


def packed(run, folder):
    """Writes what is kept of the run of a folder into another."""
    from gan_keras.callbacks import checkpoint_folder
    from gan_keras.exporting.plain import plain
    from gan_keras.running import runs, sampling

    run = runs.Run(run)
    model = sampling.load(run)
    model.discriminator.set_weights(rounded(model.discriminator.get_weights()))
    [averaged] = model.served().values()
    for generator in (model.generator, averaged):
        generator.set_weights(rounded(averaged.get_weights()))
    path, _ = checkpoint_folder.newest_good(run.checkpoints)
    kept = runs.Run(folder)
    checkpoint_folder.write(
        kept.checkpoints,
        int(path.name),
        model.save,
        checkpoint_folder.read_metrics(path),
        {**checkpoint_folder.read_state(path), bundled.OPTIMIZERS: False},
    )
    plain(averaged).save(kept.generator_file)
    kept.samples.mkdir()
    for source in (run.config_file, run.history_file, run.scores_file):
        if source.is_file():
            shutil.copy(source, kept.folder)
    shutil.copy(run.last_grid(), kept.samples)


def without_traces(member):
    """A member of an archive that says nothing of who made it, and when."""
    member.uid = member.gid = member.mtime = 0
    member.uname = member.gname = ""
    return member


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("run", type=pathlib.Path)
    parser.add_argument("--out", type=pathlib.Path, default=bundled.archive("garments"))
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        packed(arguments.run, pathlib.Path(folder))
        with tarfile.open(arguments.out, "w:xz", preset=9) as file:
            for path in sorted(pathlib.Path(folder).iterdir()):
                file.add(path, path.name, filter=without_traces)
    size = arguments.out.stat().st_size
    print(f"{arguments.out}: {size:,} bytes")


if __name__ == "__main__":
    main()

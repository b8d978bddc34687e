"""Makes genes of a class: trains on stretches around splice junctions, writes and scores new ones.

python examples/genes.py                              # the bundled genes, five CPU minutes
python examples/genes.py genes.fasta --out fake.fasta   # whose headers say class=NAME, if any
"""

import argparse
import pathlib

import numpy as np

from gan_keras import callbacks, data, metrics, recipes
from gan_keras.metrics.sequences import Side


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("genes", nargs="?", default="splice_junctions", help="a .fasta")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("fake.fasta"))
    parser.add_argument("--num", type=int, default=1000, help="genes to write")
    parser.add_argument("--steps", type=int, help="training steps, for a quick try")
    options = parser.parse_args()

    source = data.source(options.genes)
    real, held_out = source.split(0.1, seed=0)
    print("\n".join(source.kind.summary()))

    recipe = recipes.get("sequences" if source.labels is None else "splice_junctions")
    if options.steps:
        small = {"epochs": 1, "steps_per_execution": 1}
        small |= {"generator.width": 4, "discriminator.width": 4}
        recipe = recipe.with_settings(small)
    model = recipe.build(real, seed=0)
    model.fit(
        real.batches(recipe.batch_size, seed=0, repeat=True),
        epochs=recipe.epochs,
        steps_per_epoch=options.steps or real.num_samples // recipe.batch_size,
        callbacks=[callbacks.SampleGrid("samples", every_num_epochs=8, real=real)],
        verbose=2,
    )

    labels = None
    if source.labels is not None:  # as many of each class as there are real ones
        labels = np.random.default_rng(0).choice(source.labels, options.num)
    samples = model.sample(options.num, labels=labels, seed=1)
    source.kind.write(options.out, samples, labels, class_names=source.class_names)
    print(f"Wrote {len(samples)} genes to {options.out}")

    scores = metrics.evaluate_sequences(
        Side(samples=samples, labels=labels),
        Side(samples=real.samples, labels=real.labels),
        source.kind,
        held_out=Side(samples=held_out.samples, labels=held_out.labels),
        class_names=source.class_names,
        num=100 if options.steps else 10_000,
    )
    for score in scores:
        print(f"{score.metric:<26}{score.value:.4g}")


if __name__ == "__main__":
    main()

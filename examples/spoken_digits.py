"""Says digits: trains on recordings, writes new ones to listen to, and scores them by ear.

python examples/spoken_digits.py                      # the Free Spoken Digit Dataset: put it there
python examples/spoken_digits.py --data CLIPS --out new    # .wav files; folders are classes
"""

import argparse
import pathlib

import numpy as np

from gan_keras import callbacks, data, metrics, recipes
from gan_keras.metrics.sounds import Side


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", default="spoken_digits", help="or a folder of .wav files")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("digits.html"))
    parser.add_argument("--num", type=int, default=40, help="sounds to write")
    parser.add_argument("--num-samples", type=int, default=6_144, help="of each sound")
    parser.add_argument("--steps", type=int, help="training steps, for a quick try")
    options = parser.parse_args()

    source = data.source(options.data, num_samples=options.num_samples)
    real, held_out = source.split(0.1, seed=0)
    print(f"{source.num_samples:,} sounds of {source.kind.num_samples / source.kind.rate:.2f} s")

    recipe = recipes.get("sounds" if source.labels is None else "spoken_digits")
    if options.steps:
        small = {"epochs": 1, "generator.widths": (16, 16), "discriminator.widths": (16, 16)}
        recipe = recipe.with_settings({**small, "batch_size": 4})
    model = recipe.build(real, seed=0)
    model.fit(
        real.batches(recipe.batch_size, seed=0, repeat=True, labels=recipe.conditional),
        epochs=recipe.epochs,
        steps_per_epoch=options.steps or real.num_samples // recipe.batch_size,
        callbacks=[callbacks.SampleGrid("samples", every_num_epochs=10, real=real)],
        verbose=2,
    )

    labels = None
    if source.labels is not None:  # as many of each
        labels = np.arange(options.num, dtype="int32") % source.num_classes
    samples = model.sample(options.num, labels=labels, seed=1)
    source.kind.write(options.out, samples, labels, class_names=source.class_names)
    print(f"Wrote {len(samples)} sounds to {options.out}")

    scores = metrics.evaluate_sounds(
        Side(samples=samples, labels=labels),
        Side(samples=real.samples, labels=real.labels),
        source.kind,
        held_out=Side(samples=held_out.samples, labels=held_out.labels),
    )
    for score in scores:
        print(f"{score.metric:<26}{score.value:.4g}")


if __name__ == "__main__":
    main()

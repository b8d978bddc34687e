"""Makes series of readings: trains on days of weather, writes and scores new ones.

python examples/series.py                               # the bundled weather, some CPU minutes
python examples/series.py sensors.csv --series machine  # a line a reading, a column for the series
"""

import argparse
import pathlib

import numpy as np

from gan_keras import callbacks, data, metrics, recipes
from gan_keras.metrics.labelled import Side


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("readings", nargs="?", default="weather", help="a .csv or an .npz")
    parser.add_argument("--series", default="series", help="the column that tells series apart")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("fake.csv"))
    parser.add_argument("--num", type=int, default=1000, help="series to write")
    parser.add_argument("--steps", type=int, help="training steps, for a quick try")
    options = parser.parse_args()

    real = data.source(options.readings, series=options.series)
    print("\n".join(real.kind.summary()))

    recipe = recipes.get("series").with_settings({"conditional": real.labels is not None})
    if options.steps:
        small = {"epochs": 1, "steps_per_execution": 1}
        small |= {"generator.width": 4, "discriminator.width": 4}
        recipe = recipe.with_settings(small)
    model = recipe.build(real, seed=0)
    model.fit(
        real.batches(recipe.batch_size, seed=0, repeat=True),
        epochs=recipe.epochs,
        steps_per_epoch=options.steps or real.num_samples // recipe.batch_size,
        callbacks=[callbacks.SampleGrid("samples", every_num_epochs=40, real=real)],
        verbose=2,
    )

    labels = None
    if real.labels is not None:  # as many of each class as there are real ones
        labels = np.random.default_rng(0).choice(real.labels, options.num)
    samples = model.sample(options.num, labels=labels, seed=1)
    real.kind.write(options.out, samples, labels)
    print(f"Wrote {len(samples)} series to {options.out}")

    readings = real.kind.decode(samples)  # (num, steps, channels), in units of their own
    for name, mean in zip(real.kind.channel_names, readings.mean(axis=(0, 1)), strict=True):
        print(f"mean of {name:<18}{mean:.4g}")
    scores = metrics.evaluate_series(
        Side(samples=samples, labels=labels),
        Side(samples=real.samples, labels=real.labels),
        real.kind,
        metrics=["autocorrelation", "cross_correlation", "marginal_ks"],
    )
    for score in scores:
        print(f"{score.metric:<26}{score.value:.4g}")


if __name__ == "__main__":
    main()

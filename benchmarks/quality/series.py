"""Fake days of weather beside real ones, shuffled hours and a Gaussian.

    python -m benchmarks.quality.series [--seeds 3] [--rows series] [--report]

Writes a line of results/series.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. The days are the bundled ones, every fifth week held out; scores are
those of `gan-keras evaluate`. The first seed of a recipe is drawn. --quick tries everything for a
few steps, and keeps nothing.
"""

import pathlib

from benchmarks import resumable
from benchmarks.pages import report, results_page

PICTURES = report.ROOT / "docs" / "images"
LINES = report.RESULTS / "series.jsonl"

# Row: title, how it is made.
ROWS = {
    "held_out": ("held-out real days: the floor", "real"),
    "shuffled": ("training days, each hour shuffled within its airport and month", "shuffled"),
    "gaussian": ("a Gaussian about the mean day of each airport and month", "gaussian"),
    "doppelganger": ("gan_keras, recipe doppelganger", "recipe"),
    "series": ("**gan_keras, recipe series**", "recipe"),
}
# Column: score.
NAMES = {
    "C2ST": "c2st",
    "C2ST, changes": "c2st_changes",
    "autocorrelation": "autocorrelation",
    "lag 1, the worst channel": "lag_1",
    "cross-correlation": "cross_correlation",
    "KS": "marginal_ks",
    "closest record": "closest_record",
}


def one_run(*, row, seed, quick, pictures):
    """Makes and scores fake days of one row with one seed: its line."""
    import time

    from gan_keras import data, metrics

    source = data.source("weather")
    real, held_out = side(source), side(data.source("weather", split="test"))
    title, how = ROWS[row]
    start = time.process_time()
    fake = MAKERS[how](source, held_out, row=row, seed=seed, num=100 if quick else 10_000)
    seconds = time.process_time() - start
    if how == "recipe" and seed == 0:
        draw(source, fake, pathlib.Path(pictures) / f"{row}.png")
    names = [name for name in metrics.SERIES_METRICS if name != "closest_record" or how != "real"]
    found = metrics.evaluate_series(
        fake, real, source.kind, held_out=held_out, metrics=names, seed=seed
    )
    beside = "@held_out" if how == "real" else ""  # whose folds are split in time, too
    scores = {s.metric: round(s.value, 6) for s in found}
    return {
        **{"row": row, "seed": seed, "title": title},
        "scores": {
            name: scores[name + beside] for name in NAMES.values() if name + beside in scores
        },
        "data": f"weather@{source.fingerprint}",
        "num_fake": len(fake.samples),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def draw(source, fake, path):
    """Fake days beside real ones, both from all over the year."""
    import numpy as np

    from gan_keras import images

    def some(samples):
        return samples[np.linspace(0, len(samples) - 1, source.kind.num_shown).astype(int)]

    images.save_png(path, source.kind.picture(some(fake.samples), real=some(source.samples)))


def side(source):
    """Series and labels of a source."""
    from gan_keras.metrics.labelled import Side

    return Side(samples=source.samples, labels=source.labels)


def real(source, held_out, **_):
    """The held-out days themselves."""
    return held_out


def shuffled(source, held_out, *, seed, **_):
    """The training days with each hour shuffled within its class."""
    from gan_keras.metrics.labelled import Side
    from gan_keras.metrics.sequences import shuffled as mixed

    samples = mixed(source.samples, source.labels, seed=seed)
    return Side(samples=samples, labels=source.labels)


def gaussian(source, held_out, *, seed, num, **_):
    """Each class's mean day, and deviations by the covariance that those of all days have."""
    import numpy as np

    from gan_keras.metrics.labelled import Side

    random = np.random.default_rng(seed)
    flat = source.samples.reshape(len(source.samples), -1).astype("float64")
    means = np.stack([flat[source.labels == n].mean(axis=0) for n in range(source.num_classes)])
    spread = np.cov(flat - means[source.labels], rowvar=False)
    labels = random.choice(source.labels, num)
    drawn = means[labels] + random.multivariate_normal(np.zeros(len(spread)), spread, num)
    samples = source.kind.from_network(drawn.reshape(num, *source.kind.shape))
    return Side(samples=samples, labels=labels)


def recipe(source, held_out, *, row, seed, num):
    """Samples of a recipe, trained as it says; few samples mean a few steps."""
    from benchmarks.quality import training_run

    steps = 8 if num < 1_000 else None
    return training_run.sampled(row, source, seed=seed, num=num, steps=steps)


MAKERS = {"real": real, "shuffled": shuffled, "gaussian": gaussian, "recipe": recipe}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    return results_page.table(lines, ROWS, NAMES, what="generated days")


def main():
    arguments, lines = resumable.lines_of_rows(
        __doc__, one_run, LINES, ROWS, pictures=str(PICTURES)
    )
    results_page.write("series", table(lines), arguments)


if __name__ == "__main__":
    main()

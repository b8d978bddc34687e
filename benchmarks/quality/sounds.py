"""Fake spoken digits beside real ones, and what costs nothing.

    python -m benchmarks.quality.sounds [--seeds 3] [--rows recipe] [--report]

Writes a line of results/sounds.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md; twenty digits of seed 0 go to docs/pictures/spoken_digits.html, a page
to listen to. The Free Spoken Digit Dataset must be at hand, see docs/beyond_images.md; scores are
those of `gan-keras evaluate`. --quick tries everything for a few steps, and keeps nothing.
"""

import pathlib

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "sounds.jsonl"
NUM = 1_000
EACH = 2  # sounds of each digit on the page

# Row: title, how it is made.
ROWS = {
    "held_out": ("held-out real clips, heard from their spectrograms", "real"),
    "shuffled": ("training spectrograms, each point shuffled within its digit", "shuffled"),
    "recipe": ("**gan_keras, recipe spoken_digits**", "recipe"),
}
# Column: score.
NAMES = {
    "digit heard": "class_accuracy",
    "inception score": "inception_score",
    "Fréchet": "frechet_heard",
    "spectrum, dB": "spectrum_db",
    "near copies": "near_copies",
    "closest record": "closest_record",
}


def one_run(*, row, seed, quick, pictures):
    """Makes and scores fake digits of one row with one seed: its line."""
    import time

    from gan_keras import data, metrics, recipes

    arguments = recipes.get("spoken_digits").data_arguments
    source = data.source("spoken_digits", **arguments)
    held_out = side(data.source("spoken_digits", split="test", **arguments))
    if quick:
        source, _ = source.split(0.9, seed=0)
        held_out = held_out.some(100, 0)
    title, how = ROWS[row]
    start = time.process_time()
    fake = MAKERS[how](source, held_out, seed=seed, num=100 if quick else NUM, quick=quick)
    seconds = time.process_time() - start
    if how == "recipe" and seed == 0:
        page(source, fake, pathlib.Path(pictures) / "spoken_digits.html")
    # Held-out clips can't be asked whether they are nearer to themselves.
    beside = None if how == "real" else held_out
    found = metrics.evaluate_sounds(fake, side(source), source.kind, held_out=beside, seed=seed)
    return {
        **{"row": row, "seed": seed, "title": title},
        "scores": {
            score.metric: round(score.value, 6) for score in found if "@" not in score.metric
        },
        "data": f"spoken_digits@{source.fingerprint}",
        "num_fake": len(fake.samples),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def side(source):
    """Spectrograms and labels of a source."""
    from gan_keras.metrics.sounds import Side

    return Side(samples=source.samples, labels=source.labels)


def page(source, fake, path):
    """The first sounds of each digit, to listen to."""
    import numpy as np

    places = [np.flatnonzero(fake.labels == label)[:EACH] for label in range(source.num_classes)]
    chosen = np.concatenate(places)
    source.kind.write(
        path, fake.samples[chosen], fake.labels[chosen], class_names=source.class_names
    )


def real(source, held_out, **_):
    """The held-out clips themselves."""
    return held_out


def shuffled(source, held_out, *, seed, num, **_):
    """The training spectrograms with each point shuffled among those of its digit."""
    from gan_keras.metrics import sequences
    from gan_keras.metrics.sounds import Side

    samples = sequences.shuffled(source.samples, source.labels, seed=seed)
    return Side(samples=samples, labels=source.labels).some(num, seed)


def recipe(source, held_out, *, seed, num, quick):
    """Samples of the recipe, trained as it says."""
    from benchmarks.quality import training_run

    steps = 2 if quick else None
    return training_run.sampled("spoken_digits", source, seed=seed, num=num, steps=steps)


MAKERS = {"real": real, "shuffled": shuffled, "recipe": recipe}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    return results_page.table(lines, ROWS, NAMES, what="sounds")


def main():
    arguments, lines = resumable.lines_of_rows(
        __doc__, one_run, LINES, ROWS, pictures=str(report.PICTURES)
    )
    results_page.write("sounds", table(lines), arguments)


if __name__ == "__main__":
    main()

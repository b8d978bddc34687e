"""Spoken digits told again from their mel spectrograms: HiFi-GAN beside Griffin-Lim.

    python -m benchmarks.quality.vocoder [--seeds 3] [--rows recipe] [--report]

Writes a line of results/vocoder.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. The Free Spoken Digit Dataset must be at hand, see
docs/beyond_images.md; scores are those of `gan-keras evaluate` of the recipe `vocoder`, on its
held-out clips. --quick tries everything for a few steps, and keeps nothing.
"""

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "vocoder.jsonl"

# Row: title, how it is made.
ROWS = {
    "held_out": ("held-out real clips themselves", "real"),
    "griffin_lim": ("Griffin-Lim, 60 rounds", "griffin_lim"),
    "recipe": ("**gan_keras, recipe vocoder**", "recipe"),
}
# Column: score.
NAMES = {
    "mel L1": "mel_l1",
    "log-spectral distance, dB": "log_spectral_db",
    "digit heard": "class_accuracy",
}
ONCE = ("held_out", "griffin_lim")  # no seed changes them


def one_run(*, row, seed, quick):
    """Tells the held-out clips again by one row with one seed: its line."""
    import time

    from gan_keras import data, recipes
    from gan_keras.metrics import sounds

    recipe = recipes.get("vocoder")
    source = data.source("spoken_digits", **recipe.data_arguments)
    held_out = data.source("spoken_digits", split="test", **recipe.data_arguments)
    if quick:
        source, _ = source.split(0.9, seed=0)
        held_out, _ = held_out.split(0.9, seed=0)
    scale = scale_of(recipe, source)
    title, how = ROWS[row]
    start = time.process_time()
    waves = MAKERS[how](recipe, source, held_out, scale, seed=seed, steps=2 if quick else None)
    seconds = time.process_time() - start
    scores = sounds.evaluate_sound_pairs({"": waves}, held_out.samples[..., 0], scale, seed=seed)
    scores += sounds.evaluate_sounds(
        sounds.Side(samples=waves[..., None], labels=held_out.labels),
        sounds.Side(samples=source.samples, labels=source.labels),
        source.kind,
        metrics=["class_accuracy"],
    )
    return {
        **{"row": row, "seed": seed, "title": title},
        "scores": {score.metric: round(score.value, 6) for score in scores},
        "data": f"spoken_digits@{source.fingerprint}",
        "num_fake": len(waves),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def scale_of(recipe, source):
    """The kind of the recipe's spectrograms."""
    from gan_keras import corruptions

    name, arguments = recipe.corruption["name"], dict(recipe.corruption)
    arguments.pop("name")
    return corruptions.NAMES[name](**arguments).input_kind(source.kind)


def real(recipe, source, held_out, scale, **_):
    """The clips themselves."""
    return held_out.samples[..., 0]


def griffin_lim(recipe, source, held_out, scale, **_):
    """What costs no training."""
    return scale.heard(scale.encode(held_out.samples[..., 0]))[0][..., 0]


def trained(recipe, source, held_out, scale, *, seed, steps):
    """The recipe, trained as it says."""
    from benchmarks.quality import training_run

    steps = steps or recipe.epochs * (source.num_samples // recipe.batch_size)
    recipe = training_run.falling_over(recipe, steps)
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    return model.translate(scale.encode(held_out.samples[..., 0]))[..., 0]


MAKERS = {"real": real, "griffin_lim": griffin_lim, "recipe": trained}


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    return results_page.table(lines, ROWS, NAMES, what="sounds")


def main():
    arguments, lines = resumable.lines_of_rows(__doc__, one_run, LINES, ROWS, once=ONCE)
    results_page.write("vocoder", table(lines), arguments)


if __name__ == "__main__":
    main()

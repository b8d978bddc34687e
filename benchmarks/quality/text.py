"""Fake names and captions beside real ones, a trigram model and a plain language model.

    python -m benchmarks.quality.text [--seeds 3] [--data names] [--rows recipe] [--report]

Writes a line of results/text.jsonl for each finished run, goes on where it stopped, and puts two
tables into docs/results.md. A fifth of the bundled lines is held out; scores are those of
`gan-keras evaluate`. Both models stand there at several temperatures and the recipe at several
truncations of its latents, as likelihood is bought with variety: compare at equal likelihood. The
language model has as many parameters as the generator of the recipe of the data's name. --quick
tries everything for a few steps, and keeps nothing.
"""

import functools

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "text.jsonl"
DATA = ("names", "captions")
TEMPERATURES = (1.3, 1.0, 0.8, 0.6)
TRUNCATIONS = (None, 2.0, 1.5, 1.0)  # the largest latents, of the draw of symbols, too
EPOCHS = 60  # of the language model, at most

# Row: title, how it is made.
ROWS = {
    "held_out": ("held-out real lines: the floor", "real"),
    "shuffled": ("training lines, each place shuffled", "shuffled"),
    "trigram": ("a trigram model with back-off", "trigram"),
    "model": ("a language model (GRU) of the recipe's size", "language_model"),
    "recipe": ("**gan_keras, recipe of that name**", "recipe"),
    "names_policy": ("**gan_keras, recipe names_policy**", "policy"),
    "names_relgan": ("**gan_keras, recipe names_relgan**", "relgan"),
}
# Column: score, by which its numbers are multiplied.
NAMES = {
    "look-alikes": ("look_alikes", 1),
    "log-likelihood": ("log_likelihood", 1),
    "verbatim": ("exact_copies", 1),
    "novelty": ("novelty", 1),
    "3-gram JS, millibits": ("ngram_js_3", 1000),
    "self-BLEU": ("self_bleu", 1),
    "edits": ("edit_distance", 1),
}


def one_run(*, data, row, seed, quick):
    """Makes and scores fake lines of one row with one seed: its line, with scores by drawing."""
    import time

    from gan_keras import data as data_sets
    from gan_keras import metrics
    from gan_keras.metrics.sequences import Side

    source, rest = (data_sets.source(data, split=split) for split in ("train", "test"))
    real, held_out = Side(samples=source.samples), Side(samples=rest.samples)
    title, how = ROWS[row]
    start = time.process_time()
    found = MAKERS[how](source, rest, seed=seed, num=100 if quick else 10_000, quick=quick)
    seconds = time.process_time() - start
    kept = {score for score, _ in NAMES.values()}
    scores = {}
    for drawn, samples in found.items():
        scored = metrics.evaluate_sequences(
            Side(samples=samples), real, source.kind, held_out=held_out, beside=False, seed=seed
        )
        scores[drawn] = {s.metric: round(s.value, 6) for s in scored if s.metric in kept}
    return {
        **{"data": data, "row": row, "seed": seed, "title": title},
        "scores": scores,
        "source": f"{data}@{source.fingerprint}",
        "num_fake": len(samples),
        "cpu_seconds": round(seconds, 1),
        "machine": report.machine(),
    }


def real(source, rest, **_):
    """The held-out lines themselves."""
    return {"": rest.samples}


def shuffled(source, rest, *, seed, **_):
    """The training lines with each place shuffled."""
    from gan_keras.metrics import sequences

    return {"": source.kind.ended(sequences.shuffled(source.samples, seed=seed))}


def trigram(source, rest, *, seed, num, **_):
    """Lines of a model that counts words of three symbols."""
    from gan_keras.metrics.sequences import NgramModel

    kind = source.kind
    pad = kind.vocabulary.index(kind.pad)
    model = NgramModel(source.samples, len(kind.vocabulary), order=3, pad=pad)
    return {f"temperature {t}": model.sample(num, seed=seed, temperature=t) for t in TEMPERATURES}


def language_model(source, rest, *, seed, num, quick):
    """Lines of a GRU as large as the generator."""
    from benchmarks.quality import language_model
    from gan_keras import recipes

    parameters = recipes.get(source.name).build(source, seed=seed).generator.count_params()
    model = language_model.trained(
        source,
        parameters=10_000 if quick else parameters,
        seed=seed,
        epochs=1 if quick else EPOCHS,
    )
    return {
        f"temperature {t}": language_model.sample(model, source.kind, num, seed=seed, temperature=t)
        for t in TEMPERATURES[: 1 if quick else None]
    }


def recipe(source, rest, *, seed, num, quick, name=None):
    """Samples of the recipe of that name, or of another one, trained as it says."""
    import numpy as np

    from benchmarks.quality import training_run
    from gan_keras import recipes

    found = recipes.get(name or source.name)
    if name is not None:
        found = recipes.SUITED[name](found.with_settings({"data": source.name}), source)
    if quick and name is not None:
        found = found.with_settings({"model.pretraining": 4 * found.batch_size})
    steps = 8 if quick else found.epochs * (source.num_samples // found.batch_size)
    found = training_run.falling_over(found, steps)
    model = found.build(source, seed=seed)
    dataset = training_run.batches(found, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    labels = None
    if found.conditional:  # of each class as many as real ones have
        labels = np.random.default_rng(seed).choice(source.labels, num)
    return {
        f"truncation {bound}" if bound else "": model.sample(
            num, labels=labels, seed=seed, truncation=bound
        )
        for bound in TRUNCATIONS
    }


MAKERS = {
    "real": real,
    "shuffled": shuffled,
    "trigram": trigram,
    "language_model": language_model,
    "recipe": recipe,
    "policy": functools.partial(recipe, name="names_policy"),
    "relgan": functools.partial(recipe, name="names_relgan"),
}


def table(lines, data):
    """Lines of a Markdown table of one data set, in the order of `ROWS`."""
    head = ["", "drawn at", *NAMES, "CPU s", "seeds"]
    lines = [line for line in lines if line["data"] == data]
    cells = []
    for row, (title, _) in ROWS.items():
        runs = [line for line in lines if line["row"] == row]
        if not runs:
            cells.append([title, "not run", *[""] * (len(head) - 2)])
            continue
        seconds = results_page.spread([run["cpu_seconds"] for run in runs])
        for drawn in runs[0]["scores"]:
            found = [
                results_page.spread([scale * run["scores"][drawn][name] for run in runs])
                for name, scale in NAMES.values()
            ]
            cells.append([title, drawn, *found, seconds, str(len(runs))])
    told = [{**line, "data": line["source"]} for line in lines]
    return [*report.table(head, cells), "", results_page.described(told, what="generated lines")]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--data", default=",".join(DATA))
    parser.add_argument("--rows", default=",".join(ROWS))
    arguments = parser.parse_args()
    chosen = resumable.named(parser, arguments.data, DATA, "data ")
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"data": data, **key}
            for data in chosen
            for key in resumable.seeded(rows, arguments.seeds, quick=arguments.quick)
        ],
        told=lambda line: str(line["scores"]),
        quick=arguments.quick,
    )
    for data in DATA:
        results_page.write(data, table(lines, data), arguments)


if __name__ == "__main__":
    main()

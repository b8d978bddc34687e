"""What generated samples, added to few real ones, do to a classifier; the GAN saw the few alone.

    python -m benchmarks.quality.augmentation [--seeds 3] [--tasks rows,garments] [--report]

Writes a line of results/augmentation.jsonl for each finished run, goes on where it stopped, and
puts the table into docs/results.md. A run takes two to four minutes of CPU. --quick tries
everything for a few steps, and keeps nothing.
"""

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "augmentation.jsonl"
TIMES = 10  # as many generated as real ones, at most

# What the classifier learns from: title, without the number of samples.
ARMS = {
    "real": "real ones alone",
    "plus_1": "and as many generated",
    "plus_10": f"and {TIMES} times as many generated",
    "generated": f"{TIMES} times as many generated, alone",
    "more_real": "all real ones that there are",
}


def rows_of_adult(*, seed, quick):
    """2,000 rows of a census, by gradient boosting: the area under the curve of `income`."""
    import numpy as np

    from gan_keras import data, recipes
    from gan_keras.data import table_columns
    from gan_keras.metrics import tables
    from gan_keras.metrics.tables import columns

    every, held_out = (table_columns.read("adult", split=split) for split in ("train", "test"))
    chosen = np.random.default_rng(seed).permutation(columns.num_rows(every))[:2_000]
    few = columns.rows(every, chosen)
    recipe, source = recipes.get("table"), data.source(few)
    recipe = recipes.SUITED["table"](recipe, source)
    model, seconds = trained(recipe, source, seed=seed, quick=quick)
    made = model.kind.decode(model.sample(TIMES * len(chosen), seed=seed), seed=seed)
    made = columns.aligned(made, few)

    def score(learnt):
        return tables.tstr(learnt, held_out, "income", seed=seed)["auc"].value

    return {
        "scores": {
            "real": score(few),
            "plus_1": score(columns.joined(few, columns.rows(made, slice(len(chosen))))),
            "plus_10": score(columns.joined(few, made)),
            "generated": score(made),
            "more_real": score(every),
        },
        "data": f"adult@{source.fingerprint}",
        "num_real": len(chosen),
        "cpu_seconds": seconds,
    }


def garments(*, seed, quick):
    """50 images of each class, by a small network with shifts and mirrors: the accuracy."""
    import numpy as np

    from gan_keras import data, images, recipes

    every = data.source("fashion_mnist_10k")
    random, few, more = np.random.default_rng(seed), [], []
    for label in range(every.num_classes):
        places = random.permutation(np.flatnonzero(every.labels == label))
        few.append(places[:50])
        more.append(places[:550])
    few, more = np.concatenate(few), np.concatenate(more)
    asked = np.setdiff1d(np.arange(every.num_samples), more)
    source = data.source((every.samples[few], every.labels[few]))
    recipe = recipes.get("fashion_mnist_ada").with_settings(
        {"conditional": True, "discriminator.conditioning": "projection"}
    )
    model, seconds = trained(recipe, source, seed=seed, quick=quick)
    labels = np.tile(every.labels[few], TIMES)
    made = images.to_uint8(model.sample(len(labels), labels=labels, seed=seed))
    old, old_labels, num = every.samples[few], every.labels[few], len(few)

    def score(samples, labels):
        return accuracy(samples, labels, every.samples[asked], every.labels[asked], seed, quick)

    def beside(end):
        return np.concatenate([old, made[:end]]), np.concatenate([old_labels, labels[:end]])

    return {
        "scores": {
            "real": score(old, old_labels),
            "plus_1": score(*beside(num)),
            "plus_10": score(*beside(None)),
            "generated": score(made, labels),
            "more_real": score(every.samples[more], every.labels[more]),
        },
        "data": f"fashion_mnist_10k@{source.fingerprint}",
        "num_real": num,
        "cpu_seconds": seconds,
    }


def trained(recipe, source, *, seed, quick):
    """A model, trained as long as its recipe says, and the CPU seconds that it took."""
    import time

    from benchmarks.quality import training_run

    start = time.process_time()
    steps = 2 if quick else recipe.epochs * (source.num_samples // recipe.batch_size)
    recipe = training_run.falling_over(recipe, steps)
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    return model, time.process_time() - start


def accuracy(samples, labels, asked, answers, seed, quick):
    """Share of right answers of a small network that has seen 30,000 images, however few differ."""
    from gan_keras.metrics.features import classifier_network

    model = classifier_network.train(
        samples,
        labels,
        num_classes=10,
        batch_size=100,
        epochs=max(1, round((100 if quick else 30_000) / len(samples))),
        seed=seed,
    )
    _, logits = model.predict(asked.astype("float32") / 127.5 - 1.0, batch_size=500, verbose=0)
    return float((logits.argmax(axis=1) == answers).mean())


# Task: what there is little of, what the score is, and how a run is made.
TASKS = {
    "rows": ("2,000 rows of Adult", "area under the curve", rows_of_adult),
    "garments": ("500 labelled garments", "accuracy", garments),
}


def one_run(*, task, seed, quick):
    """All that one GAN of few samples gives a classifier: its line."""
    found = TASKS[task][2](seed=seed, quick=quick)
    scores = {arm: round(score, 4) for arm, score in found.pop("scores").items()}
    return {
        **{"task": task, "seed": seed, "scores": scores, **found},
        "cpu_seconds": round(found["cpu_seconds"], 1),
        "command": f"python -m benchmarks.quality.augmentation --tasks {task} --seeds {seed + 1}",
        "machine": report.machine(),
    }


def table(lines):
    """Lines of a Markdown table: each arm's score, and what it has before the few real ones."""
    head = ["", "score", "more than real ones alone", "95 %", "", "seeds"]
    cells = []
    for task, (title, score, _) in TASKS.items():
        runs = [line for line in lines if line["task"] == task]
        for arm, what in ARMS.items():
            name = f"{title}, {score}: {what}"
            if not runs:
                cells.append([name, "not run", *[""] * (len(head) - 2)])
                continue
            values = [run["scores"][arm] for run in runs]
            gains = [run["scores"][arm] - run["scores"]["real"] for run in runs]
            words = ["", "", ""] if arm == "real" else gained(gains)
            cells.append([name, results_page.spread(values), *words, str(len(runs))])
    return [*report.table(head, cells), "", described(lines)]


def gained(gains):
    """Mean gain over seeds, its interval by Student's t, and what that says, in words."""
    from gan_keras.pages.judging import interval

    mean = f"{sum(gains) / len(gains):+.3f}"
    if len(gains) < 2:
        return [mean, "", "one seed"]
    low, high = interval.student(gains)
    words = "more" if low > 0 else "less" if high < 0 else "nothing shown"
    return [mean, f"{low:+.3f} to {high:+.3f}", words]


def described(lines):
    """One line on what the runs have in common."""
    if not lines:
        return "No run yet."
    machines = sorted({line["machine"]["processor"] for line in lines})
    seconds = [
        f"{title} {results_page.spread([line['cpu_seconds'] for line in runs])}"
        for task, (title, *_) in TASKS.items()
        if (runs := [line for line in lines if line["task"] == task])
    ]
    return f"CPU seconds of a GAN: {', '.join(seconds)}; {', '.join(machines)}."


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tasks", default=",".join(TASKS))
    arguments = parser.parse_args()
    tasks = resumable.named(parser, arguments.tasks, TASKS, "tasks ")
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"task": task, "seed": seed}
            for seed in range(1 if arguments.quick else arguments.seeds)
            for task in tasks
        ],
        told=lambda line: str(line["scores"]),
        quick=arguments.quick,
    )
    results_page.write("augmentation", table(lines), arguments)


if __name__ == "__main__":
    main()

"""What 500 images do to a GAN, and what helps: each answer trained as long, scored on test images.

    python -m benchmarks.quality.few_images [--seeds 1] [--rows few_ada,few_transfer] [--report]

Writes a line of results/few_images.jsonl for each finished run, goes on where it stopped, and puts
the table into docs/results.md. Samples of seed 0 go to docs/pictures; `pictures.py --report` shows
them in docs/algorithms.md. A run takes about two minutes of CPU. --quick tries everything for a few
steps, and keeps nothing.
"""

import pathlib

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import training_run

LINES = report.RESULTS / "few_images.jsonl"
STEPS = 1_400
NUM_CLASSES_BEFORE = 5  # those that a run to start from has seen

# Row: title, recipe, changed settings, layers of the discriminator kept after transfer (None: from
# chance).
ROWS = {
    "many": ("10,000 images", "fashion_mnist_few", {"data": "fashion_mnist_10k"}, None),
    "few": ("500 images", "fashion_mnist_few", {}, None),
    "few_diffaugment": ("500 images, DiffAugment", "fashion_mnist_diffaugment", {}, None),
    "few_ada": ("500 images, ADA", "fashion_mnist_ada", {}, None),
    "few_lecam": ("500 images, LeCam", "fashion_mnist_lecam", {}, None),
    "few_consistency": ("500 images, consistency", "fashion_mnist_consistency", {}, None),
    "few_transfer": ("500 images, transfer", "fashion_mnist_few", {}, 0),
    "few_frozen": ("500 images, transfer, one layer kept", "fashion_mnist_few", {}, 1),
}


def one_run(*, row, seed, steps, num, pictures=None):
    """Trains and scores one row with one seed: its line. Seed 0 leaves a picture in `pictures`."""
    import time

    from benchmarks.pages import drawings
    from gan_keras import data, images, recipes
    from gan_keras.models import transfer

    title, name, changes, kept = ROWS[row]
    recipe = training_run.falling_over(recipes.get(name).with_settings(changes), steps)
    source = data.source(recipe.data)
    model = recipe.build(source, seed=seed)
    start = time.process_time()
    if kept is not None:
        before = other_classes(source)
        trained = fitted(recipe, before, steps // 2, seed=seed)
        transfer.transfer(model, trained)
        if kept:
            transfer.freeze(model.discriminator, kept)
            model.compile_from_config(model.get_compile_config())
    before_seconds, curve = time.process_time() - start, []
    test = data.source("fashion_mnist", split="test")
    measure = training_run.scorer(training_run.samples_of(model, seed=seed), test, num=num, seed=0)
    spent = 0.0
    for part in range(3):
        start = time.process_time()
        end, done = (part + 1) * steps // 3, part * steps // 3
        fitted(recipe, source, end, seed=seed, model=model, first_step=done)
        spent += time.process_time() - start
        curve.append(measure())
    if pictures and seed == 0:
        picture, _ = drawings.samples(model, None)
        images.save_png(pathlib.Path(pictures) / f"{row}.png", drawings.enlarged(picture))
    return {
        "row": row,
        "seed": seed,
        "steps": steps,
        "title": title,
        "recipe": recipe.settings(),
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        "curve": curve,
        "probability": strength(model),
        "cpu_seconds": round(spent, 1),
        "cpu_seconds_before": round(before_seconds, 1),
        "machine": report.machine(),
    }


def other_classes(few):
    """The bundled images of the first classes, less those that `few` has."""
    import numpy as np

    from gan_keras import data

    many = data.source("fashion_mnist_10k")
    known = {image.tobytes() for image in few.samples}
    chosen = [
        label < NUM_CLASSES_BEFORE and image.tobytes() not in known
        for image, label in zip(many.samples, many.labels, strict=True)
    ]
    return data.source((many.samples[np.array(chosen)], many.labels[np.array(chosen)]))


def fitted(recipe, source, steps, *, seed, model=None, first_step=0):
    """A model of the recipe (a new one, or one that some steps are done of) after so many steps."""
    model = model or recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed, first_step=first_step)
    model.fit(dataset, steps_per_epoch=steps - first_step, epochs=1, verbose=0)
    return model


def strength(model):
    """The probability at which adaptive augmentation has arrived; None without one."""
    probability = getattr(model.augment, "probability", None)
    return None if probability is None else round(float(probability.numpy()), 3)


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    head = ["", "a third", "two thirds", "the end", "precision", "recall", "coverage", "CPU s"]
    cells = []
    for row, (title, *_) in ROWS.items():
        runs = [line for line in lines if line["row"] == row]
        if not runs:
            cells.append([title, "not run", *[""] * 6])
            continue
        ends = [run["curve"][-1] for run in runs]
        cells.append(
            [
                title,
                *(
                    results_page.spread([run["curve"][part]["frechet"] for run in runs])
                    for part in range(3)
                ),
                *(
                    results_page.spread([end[name] for end in ends])
                    for name in ("precision", "recall", "coverage")
                ),
                results_page.spread([run["cpu_seconds"] for run in runs]),
            ]
        )
    return [*report.table(head, cells), "", results_page.described(lines)]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--rows", default=",".join(ROWS))
    arguments = parser.parse_args()
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
    seeds, steps, num = (1, 6, 1_000) if arguments.quick else (arguments.seeds, STEPS, 2_000)
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [{"row": row, "seed": seed, "steps": steps} for seed in range(seeds) for row in rows],
        told=lambda line: f"Fréchet distances {[scores['frechet'] for scores in line['curve']]}",
        num=num,
        pictures=str(report.PICTURES),
    )
    results_page.write("few_images", table(lines), arguments)


if __name__ == "__main__":
    main()

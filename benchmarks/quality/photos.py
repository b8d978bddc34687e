"""The recipe `photos` on folders that nobody tuned for, for a budget of CPU seconds.

    python -m benchmarks.quality.photos [--folder emoji=PATH ...] [--sizes 32,64] [--seeds 3]
        [--budget 600] [--report]

Writes a line of results/photos.jsonl for each finished run, goes on where it stopped, and puts the
table and the pictures of seed 0 into docs/photos.md. --quick tries everything for a few steps, and
keeps nothing.
"""

import functools
import pathlib
import statistics

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "photos.jsonl"
PAGE = report.ROOT / "docs" / "photos.md"

# What is at hand everywhere; further folders are given by --folder NAME=PATH.
BUNDLED = {"renders": "fluent_emoji_renders", "garments": "fashion_mnist_10k"}
SCORES = ("kernel", "precision", "recall", "coverage", "diversity")
COLLAPSED = 0.2  # diversity below which nobody needs a picture to know


def one_run(*, row, size, seed, budget, data, num, quick, pictures, changes=None):
    """Trains and scores one folder at one size with one seed: its line.

    Args:
        row: what the table calls the data.
        size: pixels of a side.
        seed: of the run; seed 0 leaves a picture in `pictures`.
        budget: CPU seconds of training, of all threads, tracing included.
        data: dict from a row to what `data.source` takes.
        num: samples that are scored, and at most as many real ones.
        quick: whether to train for two steps.
        pictures: folder.
        changes: settings that are to differ from the recipe's; for trials.
    """
    import resource

    from benchmarks.quality import budget as budgets
    from benchmarks.quality import training_run
    from gan_keras import data as data_sets
    from gan_keras import images
    from gan_keras.recipes import photos

    source = data_sets.source(data[row], image_size=size)
    recipe = photos.suited(photos.RECIPE, source).with_settings(changes or {})
    if not quick:
        recipe = training_run.as_long_as(budget, recipe, source, seed=seed)
    model = recipe.build(source, seed=seed)
    spent = budgets.Budget(budget, dict, num_measurements=1)
    model.fit(
        training_run.batches(recipe, model, source, seed=seed),
        steps_per_epoch=2 if quick else 10**6,
        callbacks=[spent],
        verbose=0,
    )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # MB, without scoring
    if seed == 0:
        name = f"photos_{row}_{size}.png"
        images.save_png(pathlib.Path(pictures) / name, model.picture(100))
    [last] = spent.rows or [{"cpu_seconds": 0.0, "steps": spent.steps}]
    return {
        **{"row": row, "size": size, "seed": seed, "budget": budget},
        "recipe": {**recipe.settings(), "data": row},
        "data": f"{row}@{source.fingerprint}",
        "num_images": source.num_samples,
        "num_fake": num,
        **{"steps": last["steps"], "cpu_seconds": last["cpu_seconds"]},
        "scores": scored(model, source, num=num),
        "peak_megabytes": peak,
        "machine": report.machine(),
    }


def scored(model, source, *, num):
    """Kernel distance, precision, recall, diversity by the features of `imagenet_lite0`.

    Not the Fréchet distance, which takes more samples than a folder may have.
    """
    import numpy as np

    from gan_keras import images, metrics
    from gan_keras.diagnosis.diversity import distances
    from gan_keras.metrics import features

    extractor = features.get("imagenet_lite0")
    places = np.random.default_rng(0).permutation(source.num_samples)[:num]
    real = extractor(source.samples[places])[0]
    fake = extractor(images.to_uint8(model.sample(num, seed=1)))[0]
    neighbours = metrics.manifold_scores(real, fake)
    size = min(len(real), len(fake))
    found = {
        "kernel": metrics.kernel_distance(real, fake, num_subsets=1, subset_size=size)[0],
        **{name: neighbours[name] for name in ("precision", "recall", "coverage")},
        "diversity": distances(fake, fake).mean() / distances(real, real).mean(),
    }
    return {name: round(float(value), 4) for name, value in found.items()}


def table(lines):
    """Lines of a Markdown table: a row for each set of pictures, size and budget."""
    head = ["", "size", "pictures", *SCORES, "collapsed", "steps", "CPU s", "MB", "seeds"]
    rows = {}
    for line in sorted(lines, key=lambda line: (line["row"], line["size"], line["budget"])):
        rows.setdefault((line["row"], line["size"], line["budget"]), []).append(line)
    cells = []
    for (row, size, _), runs in rows.items():
        collapsed = sum(run["scores"]["diversity"] < COLLAPSED for run in runs)
        cells.append(
            [
                *(row, str(size), f"{runs[0]['num_images']:,}"),
                *(results_page.spread([run["scores"][name] for run in runs]) for name in SCORES),
                f"{collapsed} of {len(runs)}",
                f"{statistics.mean(run['steps'] for run in runs):.0f}",
                results_page.spread([run["cpu_seconds"] for run in runs]),
                str(max(run["peak_megabytes"] for run in runs)),
                str(len(runs)),
            ]
        )
    return [*report.table(head, cells), "", results_page.described(lines)]


def shown(lines):
    """A picture for each set of pictures and size whose seed 0 is done."""
    found = []
    for row, size in sorted({(line["row"], line["size"]) for line in lines if not line["seed"]}):
        title = f"{row}, {size} pixels"
        found += [f"**{title}**", "", f"![{title}](pictures/photos_{row}_{size}.png)", ""]
    return found or ["No run yet."]


def folder(text):
    """A pair from NAME=PATH; what comes without a name is refused."""
    name, equals, path = text.partition("=")
    if not (name.isidentifier() and equals and path):
        raise ValueError(f"--folder takes NAME=PATH. Received: {text}")
    return name, path


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--folder", type=folder, action="append", default=[], metavar="NAME=PATH")
    parser.add_argument("--rows", help="names of folders and bundled sets; all by default")
    parser.add_argument("--sizes", default="32,64")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--budget", type=int, default=600, help="CPU seconds of each training")
    arguments = parser.parse_args()
    data = {**BUNDLED, **dict(arguments.folder)}
    rows = resumable.named(parser, arguments.rows or ",".join(data), data, "rows ")
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"row": row, "size": size, "seed": seed, "budget": arguments.budget}
            for seed in range(1 if arguments.quick else arguments.seeds)
            for size in map(int, arguments.sizes.split(","))
            for row in rows
        ],
        told=lambda line: str(line["scores"]),
        data=data,
        num=24 if arguments.quick else 1_000,
        quick=arguments.quick,
        pictures=str(report.PICTURES),
    )
    put = print_lines if arguments.quick else functools.partial(report.put, PAGE)
    put("photos", table(lines))
    put("photos pictures", shown(lines))


def print_lines(name, lines):
    """What a smoke test shows of the page."""
    print("\n".join([f"<!-- {name} -->", *lines]))


if __name__ == "__main__":
    main()

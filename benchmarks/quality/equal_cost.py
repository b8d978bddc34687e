"""Recipes trained for the same CPU seconds and scored alike: what several tables are made of."""

import functools
import pathlib
import statistics

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import training_run

HEAD = [
    *("", "Fréchet, last", "best", "kernel x 1000", "precision", "recall", "coverage"),
    *("collapsed", "images seen", "CPU s", "seeds"),
]


def compare(doc, name, rows, *, budget, seeds, one_run=None, table=None, **settings):
    """The whole of such a benchmark, from its command line to its table.

    Args:
        doc: of the script.
        name: of results/NAME.jsonl, and of the table's place in docs/results.md.
        rows: dict from the name of a row to (title, recipe, changed settings).
        budget: CPU seconds of a run, unless the command line says otherwise.
        seeds: how many, likewise.
        one_run: function of a key and the settings; `one_recipe`, unless given.
        table: function from (lines, budget) to its lines; that of this file, unless given.
        settings: what else each run is told.

    Returns:
        What the command line said.
    """
    parser = resumable.parser(doc)
    parser.add_argument("--budget", type=float, default=budget, help="CPU seconds of a run")
    parser.add_argument("--seeds", type=int, default=seeds)
    parser.add_argument("--num", type=int, default=5_000, help="generated images in a score")
    parser.add_argument("--rows", default=",".join(rows))
    arguments = parser.parse_args()
    chosen = resumable.named(parser, arguments.rows, rows, "rows ")
    if arguments.quick:
        arguments.budget, arguments.seeds, arguments.num = 2.0, 1, 1_000
        settings["measurements"] = 2
    lines = resumable.lines_of(
        arguments,
        one_run or functools.partial(one_recipe, rows=rows),
        report.RESULTS / f"{name}.jsonl",
        keys(chosen, arguments.seeds, arguments.budget),
        told=distances,
        num=arguments.num,
        **settings,
    )
    table = table or functools.partial(table_of, rows=rows)
    results_page.write(name, table(lines, budget=arguments.budget), arguments)
    return arguments


def one_recipe(*, row, seed, budget, num, rows, pictures=None, measurements=10):
    """Trains and scores one row with one seed: its line. Seed 0 leaves a picture in `pictures`."""
    from gan_keras import images, recipes

    title, recipe_name, changes = rows[row]
    recipe = recipes.get(recipe_name).with_settings(changes)
    source = training_run.source()
    recipe = training_run.as_long_as(budget, recipe, source, seed=seed)
    model = recipe.build(source, seed=seed)
    found = trained(
        model,
        training_run.batches(recipe, model, source, seed=seed),
        training_run.samples_of(model, seed=seed, real=source),
        source,
        budget=budget,
        num=num,
        measurements=measurements,
    )
    if pictures and seed == 0:
        picture = model.picture(60, seed=0)
        images.save_png(pathlib.Path(pictures) / f"{row}.png", picture)
    return {
        **key_of(row, seed, budget),
        "title": title,
        "recipe": recipe.settings(),
        "images_seen": found["steps"] * recipe.batch_size * model.batches_per_step(),
        **found,
    }


def trained(model, dataset, samples, source, *, budget, num, measurements):
    """What a line says of a model that is trained for so many CPU seconds."""
    from benchmarks.quality.budget import Budget

    measure = training_run.scorer(samples, source, num=num, seed=0)
    callback = Budget(budget, measure, measurements)
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, shuffle=False, callbacks=[callback])
    return {
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        **training_run.summary(callback.rows),
        "machine": report.machine(),
    }


def key_of(row, seed, budget):
    """What tells a run from the others."""
    return {"row": row, "seed": seed, "budget": budget}


def keys(rows, seeds, budget):
    """Of all runs: every row with one seed before the next seed."""
    return [key_of(row, seed, budget) for seed in range(seeds) for row in rows]


def distances(line):
    """What is told of a finished run."""
    last, best = line["last"]["frechet"], line["best"]["frechet"]
    return f"Fréchet distance {last:.2f}, best {best:.2f}"


def table_of(lines, rows, *, budget):
    """Lines of a Markdown table of the runs of one budget, in the order of `rows`.

    Args:
        lines: dicts of runs.
        rows: dict from the name of a row to (title, ...).
        budget: CPU seconds.
    """
    cells, own = [], [line for line in lines if line["budget"] == budget]
    for name, (title, *_) in rows.items():
        runs = [line for line in own if line["row"] == name]
        if not runs:
            cells.append([title, *["not run"] * 2, *[""] * (len(HEAD) - 3)])
            continue
        last = {key: [run["last"][key] for run in runs] for key in runs[0]["last"]}
        cells.append(
            [
                title,
                results_page.spread(last["frechet"]),
                results_page.spread([run["best"]["frechet"] for run in runs]),
                results_page.spread([1000 * value for value in last["kernel"]]),
                *(results_page.spread(last[key]) for key in ("precision", "recall", "coverage")),
                f"{sum(run['collapsed'] for run in runs)} of {len(runs)}",
                f"{round(statistics.mean(run['images_seen'] for run in runs) / 1000)}k",
                f"{statistics.mean(run['cpu_seconds'] for run in runs):.0f}",
                str(len(runs)),
            ]
        )
    return [*report.table(HEAD, cells), "", results_page.described(own)]

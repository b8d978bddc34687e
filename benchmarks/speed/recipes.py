"""What each recipe is for and what a run of it costs: the table of docs/recipes.md.

    python -m benchmarks.speed.recipes [--steps 32] [--only ring,photos] [--report]

Takes some steps of each recipe whose data are at hand, in a process of its own, after tracing and
the steps that lazy penalties need for a turn. A whole run is that many times longer: its seconds
are calculated, and said to be. Writes a line of results/recipes.jsonl for each recipe and goes on
where it stopped.
"""

import functools

from benchmarks import resumable
from benchmarks.pages import pictures_of, report

LINES = report.RESULTS / "recipes.jsonl"
PAGE = report.ROOT / "docs" / "recipes.md"
WARM_UP = 16  # steps: both branches of penalties that come every 16 steps

# Part of the page: which recipes it has, by what they are given and what they are measured by.
PARTS = {
    "images": "Images of latents, on bundled data",
    "points": "Points in the plane",
    "tables": "Rows of tables",
    "sequences": "Sequences",
    "series": "Series of readings",
    "sounds": "Sounds",
    "videos": "Videos",
    "translators": "One image of another, on bundled data",
    "own": "On data of your own, or of the paper's",
}

OF_KIND = {
    **{"images": "images", "points": "points", "tokens": "sequences"},
    **{"signals": "series", "videos": "videos"},
    **{"spectrograms": "sounds", "waves": "sounds", "mels": "sounds"},
    **{"table": "tables", "mode_table": "tables"},
}


def one_run(*, recipe, steps):
    """The cost of one recipe, or that its data are not at hand: its line."""
    import resource
    import time

    from benchmarks.quality import training_run
    from gan_keras import recipes

    chosen = recipes.get(recipe)
    source = at_hand(chosen)
    if source is None:
        return {"recipe": recipe, "machine": report.machine()}
    model = chosen.build(source, seed=0)
    dataset = training_run.batches(chosen, model, source, seed=0)
    start = time.process_time()
    model.fit(dataset, steps_per_epoch=WARM_UP, verbose=0)
    first = time.process_time() - start
    start = time.process_time()
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    step = (time.process_time() - start) / steps
    per_epoch = max(1, source.num_samples // (chosen.batch_size * model.batches_per_step()))
    whole = per_epoch * chosen.epochs
    return {
        "recipe": recipe,
        "steps_measured": steps,
        "cpu_seconds_of_a_step": round(step, 5),
        "cpu_seconds_to_the_first_steps": round(first, 1),
        "steps": whole,
        "calculated_cpu_seconds": round(first + step * max(0, whole - WARM_UP)),
        "weights": {
            name: sum(network.count_params() for network in networks)
            for name, networks in (
                ("generator", model.generator_networks()),
                ("discriminator", model.discriminator_networks()),
            )
        },
        "kind": model.kind.name,
        "peak_megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "machine": report.machine(),
    }


def at_hand(recipe):
    """The data that a recipe is for; None where it has none of its own, or they are not here."""
    from gan_keras import data

    if not recipe.data:
        return None
    try:
        return data.source(recipe.data, **recipe.data_arguments)
    except ValueError:
        return None


def part_of(recipe, line):
    """Which part of the page a recipe belongs to."""
    from gan_keras.recipes import translators

    if recipe.published or "cpu_seconds_of_a_step" not in line:
        return "own"
    part = OF_KIND[line["kind"]]
    is_translator = recipe.algorithm in translators.ALGORITHMS
    return "translators" if is_translator and part == "images" else part


def page(lines):
    """Lines of Markdown: a table for each part."""
    from gan_keras import recipes

    found = []
    by_name = {line["recipe"]: line for line in lines}
    for part, title in PARTS.items():
        rows = [
            row(recipe, by_name.get(name, {}), part)
            for name, recipe in recipes.NAMES.items()
            if part_of(recipe, by_name.get(name, {})) == part
        ]
        if rows:
            found += [f"## {title}", "", *report.table(HEADS[part], rows), ""]
    measured = [line["machine"] for line in lines if "steps" in line]
    processors = sorted({machine["processor"] for machine in measured})
    threads = sorted({str(machine["threads"]) for machine in measured})
    return [*found, f"{', '.join(processors)}; {', '.join(threads)} threads."]


COSTS = ["weights G, D", "CPU ms a step", "steps", "whole run, CPU min", "MB"]
HEADS = {part: ["", "for", *COSTS, "picture"] for part in PARTS} | {
    "own": ["", "for", "data", "as in"]
}


def row(recipe, line, part):
    """Cells of one recipe."""
    cells = [f"`{recipe.name}`", recipe.summary]
    if part == "own":
        data = f"`{recipe.data}`" if recipe.data else "a folder of yours"
        return [*cells, data, recipe.published.get("protocol", "")]
    weights = line["weights"]
    return [
        *cells,
        f"{weights['generator']:,}, {weights['discriminator']:,}",
        f"{1000 * line['cpu_seconds_of_a_step']:.0f}",
        f"{line['steps']:,}",
        f"{line['calculated_cpu_seconds'] / 60:.0f}",
        str(line["peak_megabytes"]),
        f"[picture]({pictures_of.NAMES[recipe.name]})" if recipe.name in pictures_of.NAMES else "",
    ]


def main():
    from gan_keras import recipes

    parser = resumable.parser(__doc__)
    parser.add_argument("--steps", type=int, default=32)
    parser.add_argument("--only", default=",".join(recipes.NAMES))
    arguments = parser.parse_args()
    names = resumable.named(parser, arguments.only, recipes.NAMES, "recipes ")
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [{"recipe": name} for name in names],
        told=lambda line: f"{line.get('cpu_seconds_of_a_step', 'no data at hand')}",
        steps=1 if arguments.quick else arguments.steps,
    )
    put = print_lines if arguments.quick else functools.partial(report.put, PAGE)
    put("recipes", page(lines))


def print_lines(name, lines):
    """What a smoke test shows of the page."""
    print("\n".join([f"<!-- {name} -->", *lines]))


if __name__ == "__main__":
    main()

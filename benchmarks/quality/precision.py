"""Whether mixed precision learns as float32 does: the default recipe's first steps, scored.

    python -m benchmarks.quality.precision [--steps 312] [--seeds 3] [--report]
        [--precisions float32,mixed_bfloat16]

Every precision with the same seeds, so with the same noise and images. A line of
results/precision.jsonl for each finished run; goes on where it stopped. Writes the table in
docs/performance.md. float16 is emulated on most CPUs: its runs take ten times as long.
"""

import statistics
import time

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import training_run

LINES = report.RESULTS / "precision.jsonl"
PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")
RECIPE = "fashion_mnist_dcgan"
NUM_FAKE = 5_000


def one_run(*, precision, seed, steps):
    """Trains and scores once: its line."""
    from gan_keras import data, recipes
    from gan_keras.machines import devices

    devices.configure(precision=precision)
    recipe = recipes.get(RECIPE)
    source = data.source(recipe.data)
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    epochs, began = 2, time.process_time()
    history = model.fit(dataset, steps_per_epoch=steps // epochs, epochs=epochs, verbose=0).history
    seconds = time.process_time() - began
    scores = training_run.scorer(
        training_run.samples_of(model, seed=seed), source, num=NUM_FAKE, seed=0
    )()
    return {
        **{"precision": precision, "seed": seed, "steps": steps},
        **{name: round(float(history[name][-1]), 5) for name in ("d_loss", "g_loss")},
        "frechet": scores["frechet"],
        "cpu_ms_a_step": round(1e3 * seconds / steps, 2),
        "machine": report.machine(),
    }


def table(lines, steps):
    """Lines of a Markdown table: mean and standard deviation over seeds."""
    rows, own = [], [line for line in lines if line["steps"] == steps]
    for precision in PRECISIONS:
        runs = [line for line in own if line["precision"] == precision]
        if runs:
            cells = [
                results_page.spread([run[name] for run in runs])
                for name in ("d_loss", "g_loss", "frechet")
            ]
            cost = statistics.median(run["cpu_ms_a_step"] for run in runs)
            rows.append([f"`{precision}`", *cells, f"{cost:.0f}", str(len(runs))])
    head = ["precision", "d_loss", "g_loss", "Fréchet distance", "CPU ms a step", "seeds"]
    processors = sorted({line["machine"]["processor"] for line in own})
    note = f"Default recipe after {steps} steps; {NUM_FAKE} images; {', '.join(processors)}."
    return [note, "", *report.table(head, rows)]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--steps", type=int, default=312, help="two passes over the images")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--precisions", default=",".join(PRECISIONS))
    arguments = parser.parse_args()
    precisions = resumable.named(parser, arguments.precisions, PRECISIONS, "precisions ")
    seeds = arguments.seeds
    if arguments.quick:
        precisions, seeds, arguments.steps = ["mixed_bfloat16"], 1, 2
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"precision": precision, "seed": seed, "steps": arguments.steps}
            for seed in range(seeds)
            for precision in precisions
        ],
        told=lambda line: (
            f"Fréchet distance {line['frechet']}, {line['cpu_ms_a_step']} CPU ms a step"
        ),
    )
    lines = table(lines, arguments.steps)
    if arguments.quick:
        print("\n".join(lines))
    else:
        report.write("precision", {"steps": arguments.steps, "table": lines})


if __name__ == "__main__":
    main()

"""Whether mixed precision learns as float32 does: the default recipe's first steps, scored.

    python benchmarks/precision.py [--steps 312] [--seeds 3] [--report]

Every precision with the same seeds, so with the same noise and images. A line of
results/precision.jsonl for each finished run; goes on where it stopped. Writes the table in
docs/performance.md. float16 is emulated on most CPUs: its runs take ten times as long.
"""

import json
import statistics
import time

import json_lines
import report
import results_page
import resumable
import training_run

LINES = report.RESULTS / "precision.jsonl"
PRECISIONS = ("float32", "mixed_bfloat16", "mixed_float16")
RECIPE = "fashion_mnist_dcgan"
NUM_FAKE = 5_000


def one_run(*, precision, seed, steps):
    """Trains and scores once: its line."""
    from gan_keras import data, recipes
    from gan_keras.callbacks.quality import samples_of
    from gan_keras.machines import devices

    devices.configure(precision=precision)
    recipe = recipes.get(RECIPE)
    source = data.source(recipe.data)
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    epochs, began = 2, time.process_time()
    history = model.fit(dataset, steps_per_epoch=steps // epochs, epochs=epochs, verbose=0).history
    seconds = time.process_time() - began
    samples = samples_of(model, labels=None, seed=seed)
    scores = training_run.scorer(samples, source, num=NUM_FAKE, seed=0)()
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
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(one_run(**json.loads(arguments.one))))
        return
    if arguments.quick:
        print(json.dumps(one_run(precision="mixed_bfloat16", seed=0, steps=2)))
        return
    keys = [
        {"precision": precision, "seed": seed, "steps": arguments.steps}
        for seed in range(0 if arguments.report else arguments.seeds)
        for precision in PRECISIONS
    ]
    for line in resumable.run_missing(__file__, LINES, keys):
        print({name: line[name] for name in line if name != "machine"}, flush=True)
    lines = table(json_lines.read(LINES), arguments.steps)
    print("\n".join(lines))
    report.write("precision", {"steps": arguments.steps, "table": lines})


if __name__ == "__main__":
    main()

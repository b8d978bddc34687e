"""How many modes are covered: ring and grid in PacGAN's protocol, and a thousand stacked garments.

    python benchmarks/modes.py                          # all that results/modes.jsonl lacks
    python benchmarks/modes.py --tasks ring --seeds 3   # part of it
    python benchmarks/modes.py --quick                  # a smoke test: nothing is written
    python benchmarks/modes.py --table                  # only the table in docs/results.md

Each run is one line of results/modes.jsonl; a run whose line is there is not made again, so the
benchmark may be stopped and started at will.

Protocol (Lin et al., 2018, PacGAN, arXiv:1712.04086, sections 4.1 and 4.2): 100,000 training
points, 400 passes over them in batches of 100, 2-D latents; of 2,500 samples those within three
standard deviations of a mode are of high quality, and a mode is found when one of them is. Stacked:
26,000 samples, the class of each channel by a classifier (92.5% accurate), reverse KL from the mode
counts of the data. Ours differs where the recipe does; the table says passes and batch size.
"""

import argparse
import json
import os
import pathlib
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import numpy as np

ROOT = pathlib.Path(__file__).parents[1]
LINES = ROOT / "results" / "modes.jsonl"
PAGE = ROOT / "docs" / "results.md"
BEGIN, END = "<!-- modes: begin -->", "<!-- modes: end -->"

MLP = {"network": "mlp", "generator": {"latent_dim": 2, "widths": (128, 128, 128)}}
PLAIN = {"loss": "non_saturating", "penalties": {}}
STACKED = {"data": "stacked_fashion_mnist", "epochs": 20}

# Of each task: the recipe, and what changes in it for each method. "plain" is the control.
TASKS = {
    "ring": ("ring", {"recipe": {}, "plain": PLAIN}),
    "grid": ("grid", {"recipe": {}, "plain": PLAIN}),
    "stacked": ("fashion_mnist_dcgan", {"recipe": STACKED, "plain": {**STACKED, **PLAIN}}),
}
NUM_SAMPLES = {"ring": 2_500, "grid": 2_500, "stacked": 26_000}
NUM_MODES = {"ring": 8, "grid": 25, "stacked": 1000}

# PacGAN, tables 1 and 2 (10 trials), on MNIST where ours are garments: modes, high quality, KL.
PUBLISHED = {
    "ring": {
        "GAN": ("6.3 ± 0.5", "98.2%", "0.45"),
        "ALI": ("6.6", "97.6%", "0.36"),
        "PacGAN2": ("7.9 ± 0.1", "95.6%", "0.07"),
        "PacGAN4": ("7.8", "95.9%", "0.07"),
    },
    "grid": {
        "GAN": ("17.3 ± 0.8", "94.8%", "0.70"),
        "ALI": ("24.1", "95.7%", "0.14"),
        "PacGAN2": ("23.8", "91.3%", "0.13"),
        "PacGAN4": ("24.8 ± 0.2", "93.6%", "0.04"),
    },
    "stacked": {
        "DCGAN (stacked MNIST)": ("78.9 ± 6.5", "", "4.50"),
        "PacDCGAN2 (stacked MNIST)": ("1000.0 ± 0.0", "", "0.06"),
        "GAN + R1 + R2 (stacked MNIST, Huang et al., 2024)": ("693", "", "0.93"),
        "R3GAN's loss, R1 + R2 (stacked MNIST, Huang et al., 2024)": ("1000", "", "0.08"),
    },
}


def run(task, method, seed, *, quick=False):
    """Trains once and counts; returns the line."""
    from gan_keras import metrics, recipes
    from gan_keras.training import Training

    name, methods = TASKS[task]
    recipe = recipes.get(name).with_settings(methods[method])
    if quick:
        recipe = recipe.with_settings({"epochs": 1})
    training = Training(recipe, seed=seed)
    if quick:
        training.steps_per_epoch = 5
    began = time.process_time()
    training.fit()
    seconds = time.process_time() - began
    num = 500 if quick else NUM_SAMPLES[task]
    samples = training.model.sample(num, seed=seed)
    source = training.source
    if task == "stacked":
        classifier = metrics.features.get("fashion_mnist_classifier")
        counts = np.bincount(source.labels, minlength=1000)
        found = metrics.stacked_modes(samples, classifier, real_counts=counts)
    else:
        found = metrics.gaussian_modes(samples, source.modes.centres, source.modes.sigma)
    return {
        "task": task,
        "method": method,
        "seed": seed,
        **found,
        "num_samples": num,
        "data": f"{source.name}@{source.fingerprint}",
        "epochs": recipe.epochs,
        "batch_size": recipe.batch_size,
        "cpu_seconds": round(seconds, 1),
        "settings": recipe.settings(),
    }


def lines():
    """The runs that were made."""
    if not LINES.exists():
        return []
    return [json.loads(line) for line in LINES.read_text(encoding="utf-8").splitlines()]


def table(found):
    """The Markdown table of all runs, beside the published numbers."""
    rows = ["| task | method | runs | modes | high quality | reverse KL | passes, batch |"]
    rows.append("|---|---|---|---|---|---|---|")
    for task, (_, methods) in TASKS.items():
        title = f"{task}, {NUM_MODES[task]:,} modes"
        for method, numbers in PUBLISHED[task].items():
            rows.append(f"| {title} | {method}, published | | {' | '.join(numbers)} | |")
        for method in methods:
            made = [line for line in found if (line["task"], line["method"]) == (task, method)]
            if made:
                cells = [spread(made, "modes", "{:.1f}"), "", spread(made, "reverse_kl", "{:.3f}")]
                if "high_quality" in made[0]:
                    cells[1] = spread(made, "high_quality", "{:.1%}")
                cells.append(f"{made[0]['epochs']}, {made[0]['batch_size']}")
                rows.append(f"| {title} | ours, {method} | {len(made)} | {' | '.join(cells)} |")
    return "\n".join(rows)


def spread(made, name, form):
    """Mean and standard deviation over runs."""
    values = np.array([line[name] for line in made], "float64")
    if len(values) == 1:
        return form.format(values[0])
    return f"{form.format(values.mean())} ± {form.format(values.std(ddof=1))}"


def write_table(found):
    """Puts the table between its markers in docs/results.md; makes the page if it is not there."""
    text = PAGE.read_text(encoding="utf-8") if PAGE.exists() else "# Results\n"
    if BEGIN not in text:
        text += f"\n## Modes covered\n\n{BEGIN}\n{END}\n"
    before, rest = text.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}\n{table(found)}\n{END}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS), default=list(TASKS))
    parser.add_argument("--methods", nargs="+", choices=["recipe", "plain"], default=["recipe"])
    parser.add_argument("--seeds", type=int, default=10, help="how many; 0, 1, 2, ...")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--table", action="store_true")
    arguments = parser.parse_args()
    if arguments.quick:
        for task in arguments.tasks:
            line = run(task, "recipe", 0, quick=True)
            print({key: line[key] for key in ("task", "modes", "reverse_kl", "cpu_seconds")})
        return
    done = {(line["task"], line["method"], line["seed"]) for line in lines()}
    for seed in range(0 if arguments.table else arguments.seeds):
        for task in arguments.tasks:
            for method in arguments.methods:
                if (task, method, seed) not in done:
                    line = run(task, method, seed)
                    with open(LINES, "a", encoding="utf-8") as file:
                        file.write(json.dumps(line) + "\n")
                    print({key: line[key] for key in line if key != "settings"}, flush=True)
    write_table(lines())


if __name__ == "__main__":
    main()

"""How many modes are covered: ring and grid in PacGAN's protocol, and a thousand stacked garments.

    python -m benchmarks.quality.modes                          # all that results/modes.jsonl lacks
    python -m benchmarks.quality.modes --tasks ring --seeds 3   # part of it
    python -m benchmarks.quality.modes --quick                  # a smoke test: nothing is written
    python -m benchmarks.quality.modes --report                 # only the table in docs/results.md

Each run is one line of results/modes.jsonl; a started benchmark goes on where it stopped, and may
be started several times at once.

Protocol (Lin et al., 2018, PacGAN, arXiv:1712.04086, sections 4.1 and 4.2): 100,000 training
points, 400 passes over them in batches of 100, 2-D latents; of 2,500 samples those within three
standard deviations of a mode are of high quality, and a mode is found when one of them is. Stacked:
26,000 samples, the class of each channel by a classifier (92.5% accurate), reverse KL from the mode
counts of the data. Ours differs where the recipe does; the table says passes and batch size.

Three methods, which differ in one setting each; networks, penalties (R1 and R2), optimizers and
moving average are those of the task's recipe. "recipe" is R3GAN's loss (relativistic, in pairs) as
it is; "plain" has the non-saturating loss; and "pacgan" is "plain" but for a discriminator that
judges two samples at once, and takes six passes in place of four over the stacked garments.
"""

import time

import numpy as np

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "modes.jsonl"
TASKS = {"ring": "ring", "grid": "grid", "stacked": "fashion_mnist_stacked"}  # and their recipes
METHODS = ("recipe", "pacgan", "plain")
# In four passes PacGAN finds 986 stacked modes (seed 0): it judges half as many packs as the others
# do images. Packs of four are worse, with 796.
STACKED_PASSES = 6
LONGER = {"epochs": STACKED_PASSES}
NUM_SAMPLES = {"ring": 2_500, "grid": 2_500, "stacked": 26_000}
NUM_MODES = {"ring": 8, "grid": 25, "stacked": 1000}

# PacGAN, tables 1 and 2 (10 trials), on MNIST where ours are garments: modes, high quality, KL.
PUBLISHED = {
    "ring": {
        "GAN": ("6.3 ± 0.5", "98.2", "0.45"),
        "ALI": ("6.6", "97.6", "0.36"),
        "PacGAN2": ("7.9 ± 0.1", "95.6", "0.07"),
        "PacGAN4": ("7.8", "95.9", "0.07"),
    },
    "grid": {
        "GAN": ("17.3 ± 0.8", "94.8", "0.70"),
        "ALI": ("24.1", "95.7", "0.14"),
        "PacGAN2": ("23.8", "91.3", "0.13"),
        "PacGAN4": ("24.8 ± 0.2", "93.6", "0.04"),
    },
    "stacked": {
        "DCGAN (stacked MNIST)": ("78.9 ± 6.5", "", "4.50"),
        "PacDCGAN2 (stacked MNIST)": ("1000.0 ± 0.0", "", "0.06"),
        "GAN + R1 + R2 (stacked MNIST, Huang et al., 2024)": ("693", "", "0.93"),
        "R3GAN's loss, R1 + R2 (stacked MNIST, Huang et al., 2024)": ("1000", "", "0.08"),
    },
}


def changes(task, method):
    """What a method changes in the recipe of a task."""
    plain = {"loss": "non_saturating"}
    packed = {**plain, "model.packing": 2, **(LONGER if task == "stacked" else {})}
    return {"recipe": {}, "plain": plain, "pacgan": packed}[method]


def one_run(*, task, method, seed, quick=False):
    """Trains once and counts; returns the line."""
    from gan_keras import metrics, recipes
    from gan_keras.running.training import Training

    recipe = recipes.get(TASKS[task]).with_settings(changes(task, method))
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
        "packing": recipe.model.get("packing", 1),
        "cpu_seconds": round(seconds, 1),
        "settings": recipe.settings(),
        "machine": report.machine(),
    }


def table(lines):
    """Lines of the Markdown table of all runs, beside the published numbers."""
    head = ["", "runs", "modes", "high quality, %", "reverse KL", "passes, batch", "CPU seconds"]
    rows = []
    for task in TASKS:
        title = f"{task}, {NUM_MODES[task]:,} modes"
        for method, numbers in PUBLISHED[task].items():
            rows.append([f"{title}: {method}, published", "", *numbers, "", ""])
        for method in METHODS:
            runs = [line for line in lines if (line["task"], line["method"]) == (task, method)]
            if runs:
                rows.append([f"{title}: **{title_of(runs[0])}**, ours", *cells(runs)])
    return report.table(head, rows)


def title_of(line):
    """What the table calls a method."""
    return {
        "recipe": "R3GAN's loss",
        "pacgan": f"PacGAN{line['packing']}",
        "plain": "non-saturating loss",
    }[line["method"]]


def cells(runs):
    """The cells of a row, after its title."""
    quality = [100 * run["high_quality"] for run in runs if "high_quality" in run]
    return [
        str(len(runs)),
        results_page.spread([run["modes"] for run in runs]),
        results_page.spread(quality) if quality else "",
        results_page.spread([run["reverse_kl"] for run in runs]),
        f"{runs[0]['epochs']}, {runs[0]['batch_size']}",
        results_page.spread([run["cpu_seconds"] for run in runs]),
    ]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--tasks", nargs="+", choices=list(TASKS), default=list(TASKS))
    parser.add_argument("--methods", nargs="+", choices=METHODS, default=list(METHODS))
    parser.add_argument("--seeds", type=int, default=10, help="how many; 0, 1, 2, ...")
    arguments = parser.parse_args()
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"task": task, "method": method, "seed": seed}
            for seed in range(1 if arguments.quick else arguments.seeds)
            for task in arguments.tasks
            for method in arguments.methods
        ],
        told=lambda line: f"{line['modes']} modes, {line['cpu_seconds']} CPU seconds",
        quick=arguments.quick,
    )
    results_page.write("modes", table(lines), arguments)


if __name__ == "__main__":
    main()

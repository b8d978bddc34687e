"""The table of docs/results.md: every loss and algorithm, trained and scored at equal CPU seconds.

    python benchmarks/baselines.py [--budget 300] [--seeds 3] [--rows hinge_sn,r3gan] [--report]

Each finished run is a line of results/baselines.jsonl, and a started benchmark goes on where it
stopped: run it again until the table is complete. --report only writes the page from the lines;
--quick tries everything for seconds, in a temporary folder. At the defaults 48 runs take about six
hours of CPU, scoring included.
"""

import json
import pathlib
import tempfile

import json_lines
import report
import results_page
import resumable
import training_run

LINES = report.RESULTS / "baselines.jsonl"

# Row: title, recipe, changed settings.
ROWS = {
    "default": ("**default recipe**, one generator pass for both", "fashion_mnist_dcgan", {}),
    "fresh_noise": (
        "default recipe, fresh noise for each",
        "fashion_mnist_dcgan",
        {"fresh_noise": True},
    ),
    "minimax": ("minimax", "fashion_mnist_minimax", {}),
    "non_saturating": ("non-saturating", "fashion_mnist_non_saturating", {}),
    "least_squares": ("least squares (LSGAN)", "fashion_mnist_least_squares", {}),
    "wgan": ("Wasserstein, clipped (WGAN)", "fashion_mnist_wgan", {}),
    "wgan_gp": ("Wasserstein, gradient penalty (WGAN-GP)", "fashion_mnist_wgan_gp", {}),
    "dragan": ("DRAGAN", "fashion_mnist_dragan", {}),
    "hinge_sn": ("hinge, spectral norm (SNGAN)", "fashion_mnist_hinge_sn", {}),
    "relativistic_average": (
        "relativistic average (RaGAN)",
        "fashion_mnist_relativistic_average",
        {},
    ),
    "r3gan": ("relativistic paired, R1, R2 (R3GAN)", "fashion_mnist_r3gan", {}),
    "concatenation": ("conditional, concatenation (CGAN)", "fashion_mnist_concatenation", {}),
    "projection": ("conditional, projection", "fashion_mnist_projection", {}),
    "acgan": ("conditional, auxiliary classifier (AC-GAN)", "fashion_mnist_acgan", {}),
    "infogan": ("InfoGAN", "fashion_mnist_infogan", {}),
    "stylegan2": ("StyleGAN2, small", "fashion_mnist_stylegan2", {}),
}


def one_run(*, row, seed, budget, num, pictures=None, measurements=10, rows=ROWS):
    """Trains and scores one row with one seed: its line. Seed 0 leaves a picture in `pictures`."""
    from budget import Budget

    from gan_keras import images, recipes
    from gan_keras.callbacks import sample_grid
    from gan_keras.callbacks.quality import samples_of

    title, recipe_name, changes = rows[row]
    recipe = recipes.get(recipe_name).with_settings(changes)
    source = training_run.source()
    recipe = training_run.as_long_as(budget, recipe, source, seed=seed)
    model = recipe.build(source, seed=seed)
    samples = samples_of(model, labels=source.labels, seed=seed)
    measure = training_run.scorer(samples, source, num=num, seed=0)
    callback = Budget(budget, measure, measurements)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, callbacks=[callback])
    if pictures and seed == 0:
        pathlib.Path(pictures).mkdir(parents=True, exist_ok=True)
        picture = sample_grid.sample_picture(model, 60, seed=0)
        images.save_png(pathlib.Path(pictures) / f"{row}.png", picture)
    found = training_run.summary(callback.rows)
    return {
        **key_of(row, seed, budget),
        "title": title,
        "recipe": recipe.settings(),
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        "images_seen": found["steps"] * recipe.batch_size * model.batches_per_step(),
        **found,
        "machine": report.machine(),
    }


def key_of(row, seed, budget):
    """What tells a run from the others."""
    return {"row": row, "seed": seed, "budget": budget}


def keys(rows, seeds, budget):
    """Of all runs: every row with one seed before the next seed."""
    return [key_of(row, seed, budget) for seed in range(seeds) for row in rows]


def run_all(script, path, rows, *, seeds, budget, **settings):
    """Every run of `rows` that has no line yet."""
    for line in resumable.run_missing(script, path, keys(rows, seeds, budget), **settings):
        last, best = line["last"]["frechet"], line["best"]["frechet"]
        print(f"  Frechet distance {last:.2f}, best {best:.2f}", flush=True)


def quick_table(script, rows, known):
    """Everything for two CPU seconds each, in a temporary folder; prints the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "lines.jsonl"
        run_all(script, path, rows, seeds=1, budget=2.0, num=1_000, measurements=2)
        print("\n".join(results_page.baselines(json_lines.read(path), known, budget=2.0)))


def parser(script_doc, *, budget, seeds):
    """What the command line of such a benchmark takes."""
    made = resumable.parser(script_doc)
    made.add_argument("--budget", type=float, default=budget, help="CPU seconds of a run")
    made.add_argument("--seeds", type=int, default=seeds)
    made.add_argument("--num", type=int, default=5_000, help="generated images in a score")
    return made


def main():
    arguments_of = parser(__doc__, budget=300.0, seeds=3)
    arguments_of.add_argument("--rows", default=",".join(ROWS))
    arguments = arguments_of.parse_args()
    rows = resumable.named(arguments_of, arguments.rows, ROWS, "rows ")
    if arguments.one:
        print(json.dumps(one_run(**json.loads(arguments.one))))
    elif arguments.quick:
        quick_table(__file__, rows, ROWS)
    else:
        if not arguments.report:
            how = {name: getattr(arguments, name) for name in ("seeds", "budget", "num")}
            run_all(__file__, LINES, rows, **how, pictures=str(report.PICTURES))
        table = results_page.baselines(json_lines.read(LINES), ROWS, budget=arguments.budget)
        results_page.write("baselines", table)
        results_page.write("pictures", results_page.pictures(ROWS, report.PICTURES))


if __name__ == "__main__":
    main()

"""The table of docs/results.md: every loss and algorithm, trained and scored at equal CPU seconds.

    python benchmarks/baselines.py [--budget 300] [--seeds 3] [--rows hinge_sn,r3gan] [--report]

Each finished run is a line of results/baselines.jsonl, and a started benchmark goes on where it
stopped: run it again until the table is complete. --report only writes the page from the lines;
--quick tries everything for seconds, in a temporary folder. At the defaults 48 runs take about six
hours of CPU, scoring included.
"""

import argparse
import json
import pathlib
import tempfile

import json_lines
import report
import results_page
import training_run

LINES = report.RESULTS / "baselines.jsonl"
PICTURES = report.ROOT / "docs" / "pictures"

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


def one_run(name, *, seed, budget, num, picture=None, measurements=10):
    """Trains and scores one row with one seed: its line."""
    from budget import Budget

    from gan_keras import images, recipes
    from gan_keras.callbacks import sample_grid
    from gan_keras.callbacks.quality import samples_of

    title, recipe_name, changes = ROWS[name]
    recipe = recipes.get(recipe_name).with_settings(changes)
    source = training_run.source()
    model = recipe.build(source, seed=seed)
    images_per_step = recipe.batch_size * model.batches_per_step()
    samples = samples_of(model, labels=source.labels, seed=seed)
    measure = training_run.scorer(samples, source, num=num, seed=0)
    callback = Budget(budget, measure, measurements)
    dataset = source.batches(
        images_per_step,
        seed=seed,
        repeat=True,
        labels=recipe.conditional,
        balanced=recipe.balanced,
    )
    model.fit(dataset, steps_per_epoch=2**30, verbose=0, callbacks=[callback])
    if picture is not None:
        pathlib.Path(picture).parent.mkdir(parents=True, exist_ok=True)
        images.save_png(picture, sample_grid.sample_picture(model, 60, seed=0))
    found = training_run.summary(callback.rows)
    return {
        **key_of(name, seed, budget),
        "title": title,
        "recipe": recipe.settings(),
        "data": f"{source.name}@{source.fingerprint}",
        "num_fake": num,
        "images_seen": found["steps"] * images_per_step,
        **found,
        "machine": report.machine(),
    }


def key_of(name, seed, budget):
    """What tells a run from the others."""
    return {"row": name, "seed": seed, "budget": budget}


def missing(lines, names, seeds, budget):
    """Keys of the runs that have no line yet: all rows with one seed before the next seed."""
    done = [key_of(line["row"], line["seed"], line["budget"]) for line in lines]
    keys = [key_of(name, seed, budget) for seed in range(seeds) for name in names]
    return [key for key in keys if key not in done]


def run_all(names, *, seeds, lines_file, pictures, **settings):
    """Every run that is missing, a line each."""
    todo = missing(json_lines.read(lines_file), names, seeds, settings["budget"])
    for index, key in enumerate(todo):
        print(f"{index + 1} of {len(todo)}: {key['row']}, seed {key['seed']}", flush=True)
        own = {"name": key["row"], "seed": key["seed"], **settings}
        if key["seed"] == 0:
            own["picture"] = str(pictures / f"{key['row']}.png")
        line = training_run.in_process(__file__, ["--one", json.dumps(own)])
        json_lines.append(lines_file, line)
        print(
            f"  Frechet distance {line['last']['frechet']:.2f}, best {line['best']['frechet']:.2f}"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--budget", type=float, default=300.0, help="CPU seconds of a run")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--num", type=int, default=5_000, help="generated images in a score")
    parser.add_argument("--report", action="store_true")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    names = arguments.rows.split(",")
    if unknown := set(names) - set(ROWS):
        parser.error(f"unknown rows {', '.join(sorted(unknown))}; there are {', '.join(ROWS)}")
    if arguments.one:
        print(json.dumps(one_run(**json.loads(arguments.one))))
    elif arguments.quick:
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            settings = {"seeds": 1, "budget": 2.0, "num": 1_000, "measurements": 2}
            run_all(names, lines_file=folder / "lines.jsonl", pictures=folder, **settings)
            lines = json_lines.read(folder / "lines.jsonl")
            print("\n".join(results_page.baselines(lines, ROWS, budget=2.0)))
    else:
        if not arguments.report:
            run_all(
                names,
                seeds=arguments.seeds,
                budget=arguments.budget,
                num=arguments.num,
                lines_file=LINES,
                pictures=PICTURES,
            )
        lines = json_lines.read(LINES)
        table = results_page.baselines(lines, ROWS, budget=arguments.budget)
        results_page.write("baselines", table)
        results_page.write("pictures", results_page.pictures(ROWS, PICTURES))


if __name__ == "__main__":
    main()

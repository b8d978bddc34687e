"""Whether inversion tells a run's own samples from others: held-out real images, JPEG, another run.

    python -m benchmarks.quality.attribution [--groups own,jpeg] [--report]

The run is the bundled one, `garments`. Writes a line of results/attribution.jsonl for each group
of images: the squared error of each inversion, as `gan-keras attribute` takes it. Goes on where it
stopped, and puts the table into docs/results.md. The other run is the default recipe with seed 1,
all of it: some ten minutes of one core. --quick tries everything on a few images, and keeps
nothing.
"""

from benchmarks import resumable
from benchmarks.pages import report, results_page

LINES = report.RESULTS / "attribution.jsonl"
OTHER_EPOCHS = 36  # all of the recipe
GROUPS = {
    "calibration": "held-out real images that calibrate",
    "real": "other held-out real images",
    "own": "its own samples",
    "jpeg_75": "its own samples after JPEG of quality 75",
    "other": "samples of another run on the same data",
    "jpeg_50": "its own samples after JPEG of quality 50",
    "trained": "real images that it was trained on",
}


def one_run(*, group, num, steps, epochs=None):
    """Inverts one group of images: its line."""
    import time

    from gan_keras import latent_tools
    from gan_keras.running import bundled

    model = bundled.load("garments")
    start = time.process_time()
    given = images_of(model, group, num, epochs)
    before = time.process_time() - start
    found = latent_tools.invert(model, given, num_steps=steps, num_starts=2, seed=0)
    spent = time.process_time() - start - before
    return {
        "group": group,
        "num_fake": num,
        "data": "fashion_mnist_10k, held out: the test images of fashion_mnist",
        **({"epochs": epochs} if group == "other" else {}),
        "steps": steps,
        "errors": [round(float(error), 6) for error in found.errors],
        "cpu_seconds": round(spent, 1),
        "machine": report.machine(),
    }


def images_of(model, group, num, epochs):
    """float32 (num, 28, 28, 1); `epochs` is of the other run."""
    import numpy as np

    from gan_keras import data, images
    from gan_keras.running import detection

    if group in ("calibration", "real"):
        source = data.source("fashion_mnist", split="test")
        places = np.random.default_rng(0).choice(source.num_samples, 2 * num, replace=False)
        places = places[:num] if group == "calibration" else places[num:]
        return source.rows(places)["real"]
    if group == "trained":
        source = data.source("fashion_mnist_10k")
        places = np.random.default_rng(0).choice(source.num_samples, num, replace=False)
        return source.rows(places)["real"]
    if group == "other":
        model = trained(epochs)
    samples = images.to_uint8(model.sample(num, seed=1))
    if group.startswith("jpeg"):
        samples = detection.after_jpeg(samples, int(group.removeprefix("jpeg_")))
    return images.to_float(samples)


def trained(epochs):
    """The model of another run: the default recipe, seed 1."""
    import tempfile

    from gan_keras import recipes
    from gan_keras.running import sampling
    from gan_keras.running.training import Training

    recipe = recipes.get("fashion_mnist_dcgan").with_settings({"epochs": epochs})
    training = Training(recipe, seed=1)
    with tempfile.TemporaryDirectory() as folder:
        run = training.start(f"{folder}/other")
        training.run(run)
        return sampling.load(run)


def table(lines):
    """Lines of a Markdown table, in the order of `GROUPS`."""
    import numpy as np

    from gan_keras.latent_tools.attribution import p_values
    from gan_keras.metrics.tables.area import area

    def nearer(errors, than):
        is_first = np.repeat([True, False], [len(errors), len(than)])
        return f"{area(-np.concatenate([errors, than]), is_first):.3f}"

    found = {line["group"]: np.array(line["errors"]) for line in lines}
    head = ["", "images", "squared error, median", "p ≤ 0.05", "AUC against real"]
    head += ["its own against these"]
    cells = []
    for group, title in GROUPS.items():
        if group == "calibration":
            continue
        if group not in found or not {"calibration", "real"} <= set(found):
            cells.append([title, "not run", *[""] * (len(head) - 2)])
            continue
        errors, real = found[group], found["real"]
        small = (p_values(errors, found["calibration"]) <= 0.05).mean()
        is_own = group == "own" or group.startswith("jpeg")
        cells.append(
            [
                title,
                str(len(errors)),
                f"{np.median(errors):.4f}",
                f"{100 * small:.0f}%",
                "" if group == "real" else nearer(errors, real),
                "" if is_own or "own" not in found else nearer(found["own"], errors),
            ]
        )
    return [
        *report.table(head, cells),
        "",
        results_page.described(lines, what="images of each sort"),
    ]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--groups", default=",".join(GROUPS))
    arguments = parser.parse_args()
    groups = resumable.named(parser, arguments.groups, GROUPS, "groups ")
    num, epochs, steps = (4, 1, 2) if arguments.quick else (100, OTHER_EPOCHS, 100)
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"group": g, "steps": steps} | ({"epochs": epochs} if g == "other" else {})
            for g in groups
        ],
        num=num,
        told=lambda line: f"{line['num_fake']} images in {line['cpu_seconds']} CPU seconds",
    )
    results_page.write("attribution", table(lines), arguments)


if __name__ == "__main__":
    main()

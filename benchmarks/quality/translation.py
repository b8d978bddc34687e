"""Translators of 64-pixel emoji and of garments with holes, scored on what was held out.

    python -m benchmarks.quality.translation [--seeds 1] [--rows flat_to_render,cyclegan] [--report]

Writes a line of results/translation.jsonl for each finished run, goes on where it stopped, and puts
the table into docs/results.md. Pictures of seed 0 go to docs/pictures. A run takes some minutes of
CPU. --quick tries everything for a few steps, and keeps nothing.
"""

import pathlib

from benchmarks import resumable
from benchmarks.pages import report, results_page
from benchmarks.quality import training_run

LINES = report.RESULTS / "translation.jsonl"
L1_ALONE = {"model.adversarial_weight": 0.0}
LABELS_L1_ALONE = {**L1_ALONE, "distances": {"l1": {"weight": 10.0}}}
# The perceptual distance trains with Lite0's eyes; Lite2's have seen nothing of it.
EYES = ("lite0", "lite2")

# Row: title, recipe, changed settings, steps (None: the baseline, which is not trained).
ROWS = {
    "flat_copy": ("flat to render: copy the input", "emoji_flat_to_render_plain", {}, None),
    "flat_l1": ("flat to render: L1 alone", "emoji_flat_to_render_plain", L1_ALONE, 900),
    "flat_to_render": ("flat to render: Pix2Pix", "emoji_flat_to_render_plain", {}, 900),
    "flat_perceptual": (
        "flat to render: Pix2Pix, perceptual distance",
        "emoji_flat_to_render",
        {},
        900,
    ),
    "cyclegan": ("flat to render, unpaired: CycleGAN", "emoji_cyclegan", {}, 800),
    "cut": ("flat to render, unpaired: CUT", "emoji_cut", {}, 500),
    "line_copy": ("line to render: copy the input", "emoji_pix2pix_plain", {}, None),
    "line_l1": ("line to render: L1 alone", "emoji_pix2pix_plain", L1_ALONE, 900),
    "line_to_render": ("line to render: Pix2Pix", "emoji_pix2pix_plain", {}, 900),
    "line_perceptual": (
        "line to render: Pix2Pix, perceptual distance",
        "emoji_pix2pix",
        {},
        900,
    ),
    "colour_copy": ("grey to colour: copy the input", "emoji_colorization", {}, None),
    "colour_l1": ("grey to colour: L1 alone", "emoji_colorization", L1_ALONE, 900),
    "colour": ("grey to colour: Pix2Pix", "emoji_colorization", {}, 900),
    "labels_mean": (
        "label maps: each label in its mean colour",
        "label_map_synthesis",
        {},
        None,
    ),
    "labels_l1": ("label maps: L1 alone", "label_map_synthesis", LABELS_L1_ALONE, 900),
    "labels": ("label maps: SPADE", "label_map_synthesis", {}, 900),
    "sr_bicubic": ("16 to 64 pixels: bicubic", "emoji_super_resolution", {}, None),
    "sr_l1": ("16 to 64 pixels: L1 alone", "emoji_super_resolution", L1_ALONE, 500),
    "super_resolution": ("16 to 64 pixels: with the GAN", "emoji_super_resolution", {}, 500),
    "inpainting_mean": ("holes: mean of the surroundings", "garments_inpainting", {}, None),
    "inpainting_l1": ("holes: L1 alone", "garments_inpainting", L1_ALONE, 600),
    "inpainting": ("holes: Pix2Pix", "garments_inpainting", {}, 600),
}
METRICS = ("psnr", "ssim", "l1")
MORE = {  # what else a recipe's corruption lets one ask
    "downsample": (("psnr_y", "low_resolution_psnr"), {"crop": 4}),
    "box_mask": (("psnr_hole", "l1_hole"), {}),
}


def one_run(*, row, seed, num, quick, pictures=None):
    """Trains and scores one row with one seed: its line. Seed 0 leaves a picture in `pictures`."""
    import resource
    import time

    from gan_keras import data, images, recipes
    from gan_keras.data import held_out

    title, name, changes, steps = ROWS[row]
    steps = steps and (3 if quick else steps)
    recipe = recipes.get(name).with_settings(changes)
    source = data.source(recipe.data, **recipe.data_arguments)
    test = held_out.default(recipe.data, **recipe.data_arguments)
    model, seconds, peak = recipe.build(source, seed=seed), 0.0, None
    if steps:
        recipe = training_run.falling_over(recipe, steps)
        model = recipe.build(source, seed=seed)
        dataset = training_run.batches(recipe, model, source, seed=seed)
        start = time.process_time()
        model.fit(dataset, steps_per_epoch=steps, verbose=0)
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024  # MB
        if pictures and seed == 0 and not changes:
            picture = model.picture(12, real=test)
            images.save_png(pathlib.Path(pictures) / f"{recipe.name}.png", picture)
    scores = scored(model, source, test, num=num, trained=bool(steps))
    return {
        **{"row": row, "seed": seed, "steps": steps or 0, "title": title},
        "recipe": recipe.settings(),
        "data": f"{test.name}@{test.fingerprint}",
        "scores": scores,
        "num_fake": min(num, test.num_samples),
        "cpu_seconds": round(seconds, 1),
        "images_per_cpu_second": seconds and round(steps * recipe.batch_size / seconds, 2),
        "peak_megabytes": peak,
        "machine": report.machine(),
    }


def scored(model, source, test, *, num, trained):
    """Scores of translations of held-out data, or of the baseline in their place."""
    import numpy as np

    from gan_keras import images, metrics
    from gan_keras.metrics import features

    rows = list(model.pairs(test, num))
    parts = {role: np.concatenate([row[role] for row in rows]) for role in rows[0]}
    fake = images.to_uint8(parts["fake"] if trained else baseline(model, source, parts))
    real = images.to_uint8(parts["real"])
    given, wanted, more = {}, METRICS, {}
    if model.corruption is not None:
        names, more = MORE.get(model.corruption.name, ((), {}))
        wanted = (*METRICS, *names)
        given["mask"] = parts.get("mask")
        if "low_resolution_psnr" in names:
            given |= {"low_resolution": images.to_uint8(parts["input"]), "scale": 4}
    found = {
        score.metric: round(score.value, 4)
        for score in metrics.evaluate_pairs(fake, real, metrics=wanted, **given, **more)
    }
    if real.shape[-1] == 3:
        half = len(real) // 2
        for eyes in EYES:
            extractor = features.get(f"imagenet_{eyes}")
            ours, theirs = extractor(fake)[0], extractor(real)[0]
            found[f"kernel_{extractor.name}"] = round(kernel(theirs, ours), 5)
            found[f"kernel_floor_{eyes}"] = round(kernel(theirs[:half], theirs[half:]), 5)
            distance = metrics.perceptual_distance(real, fake, network=eyes)
            found[f"perceptual_{eyes}"] = round(distance, 4)
    return found


def kernel(real, fake):
    """The unbiased kernel distance over all samples at once: they are few."""
    from gan_keras import metrics

    size = min(len(real), len(fake))
    return float(metrics.kernel_distance(real, fake, num_subsets=1, subset_size=size)[0])


def baseline(model, source, parts):
    """What costs nothing: the input itself, enlarged, or with holes filled by the mean around.

    Of label maps: each label in the mean colour that it has in the training data.
    """
    import numpy as np
    from PIL import Image

    from gan_keras import kinds

    given, real = parts["input"], parts["real"]
    if isinstance(model.directions()["forward"][1], kinds.LabelMaps):
        return label_colours(source)[given[..., 0].astype("int64")]
    if "mask" in parts:
        known = 1 - parts["mask"]
        total = (given[..., :-1] * known).sum((1, 2), keepdims=True)
        mean = total / np.maximum(known.sum((1, 2), keepdims=True), 1)
        return given[..., :-1] * known + mean * parts["mask"]
    if given.shape[1] < real.shape[1]:
        from gan_keras import images

        size = real.shape[2], real.shape[1]
        large = [
            np.asarray(Image.fromarray(image).resize(size, Image.Resampling.BICUBIC))
            for image in images.to_uint8(given)
        ]
        return images.to_float(np.stack(large))
    return np.broadcast_to(given, real.shape)


def label_colours(source):
    """The mean colour of each label, float32 (labels, c) in [-1, 1]."""
    import numpy as np

    from gan_keras import images

    labels = source.entries["input"].reshape(-1)
    pixels = images.to_float(source.samples).reshape(len(labels), -1)
    sums = np.stack([np.bincount(labels, weights=channel) for channel in pixels.T], axis=-1)
    return (sums / np.maximum(np.bincount(labels), 1)[:, None]).astype("float32")


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    names = {
        "PSNR": ("psnr", "psnr_crop4"),
        "SSIM": ("ssim", "ssim_crop4"),
        "PSNR-Y": ("psnr_y_crop4",),
        "hole PSNR": ("psnr_hole",),
        "perceptual": ("perceptual_lite0", "perceptual"),
        "kernel": ("kernel_imagenet_lite0",),
        "perceptual, Lite2": ("perceptual_lite2",),
        "kernel, Lite2": ("kernel_imagenet_lite2",),
    }
    head = ["", *names, "steps", "CPU s"]
    cells = []
    for row, (title, *_) in ROWS.items():
        runs = [line for line in lines if line["row"] == row]
        if not runs:
            cells.append([title, "not run", *[""] * (len(head) - 2)])
            continue
        found = [title]
        for keys in names.values():
            values = [run["scores"][key] for run in runs for key in keys if key in run["scores"]]
            found.append(results_page.spread(values) if values else "")
        found.append(str(runs[0]["steps"] or ""))
        found.append(results_page.spread([run["cpu_seconds"] for run in runs]))
        cells.append(found)
    floors = {
        "kernel": ("kernel_floor_lite0", "kernel_floor"),
        "kernel, Lite2": ("kernel_floor_lite2",),
    }
    floor = ["renders: one half against the other"]
    for name in head[1:]:
        keys = floors.get(name, ())
        values = [line["scores"][key] for line in lines for key in keys if key in line["scores"]]
        floor.append(results_page.spread(values[:1]) if values else "")
    if any(floor[1:]):
        cells.append(floor)
    return [*report.table(head, cells), "", results_page.described(lines)]


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--rows", default=",".join(ROWS))
    arguments = parser.parse_args()
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        [
            {"row": row, "seed": seed}
            for seed in range(1 if arguments.quick else arguments.seeds)
            for row in rows
        ],
        told=lambda line: str(line["scores"]),
        num=24 if arguments.quick else 500,
        quick=arguments.quick,
        pictures=str(report.PICTURES),
    )
    results_page.write("translation", table(lines), arguments)


if __name__ == "__main__":
    main()

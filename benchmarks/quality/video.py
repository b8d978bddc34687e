"""Fake clips of moving garments beside real ones, frozen and shuffled ones, and images alone.

    python -m benchmarks.quality.video [--seeds 3] [--rows video] [--seconds 1200] [--report]

Writes a line of results/video.jsonl for each finished run, goes on where it stopped, and puts the
table into docs/results.md. Every row that is trained has as many CPU seconds. Scores are those of
`gan-keras evaluate`, of 500 clips on each side. The first seed of each row is drawn as film strips.
--quick tries everything for a few steps, and keeps nothing.
"""

import pathlib
import time

from benchmarks import resumable
from benchmarks.pages import report, results_page

PICTURES = report.ROOT / "docs" / "images"
LINES = report.RESULTS / "video.jsonl"
DATA = "moving_garments"
NUM = 500
MOCOGAN = {"content_dim": 64, "units": 64, "widths": (64, 32), "mapping": 128}  # of recipe videos

# Row: title, how it is made, changes to the recipe.
ROWS = {
    "held_out": ("held-out real clips: the floor", "real", {}),
    "frozen": ("real clips that stay at their first frame", "beside", {}),
    "shuffled": ("real clips, frames in any order", "beside", {}),
    "images": ("single frames, by recipe fashion_mnist_dcgan", "images", {}),
    "video": (
        "gan_keras, 3-D convolutions (`networks.video`), both judges",
        "recipe",
        {"network": "video", "generator": {"latent_dim": 128, "widths": (64, 32), "mapping": 128}},
    ),
    "mocogan": (
        "gan_keras, MoCoGAN's generator (`networks.mocogan`), both judges",
        "recipe",
        {"network": "mocogan", "generator": MOCOGAN},
    ),
    "clips_alone": (
        "gan_keras, recipe moving_garments without the judge of frames",
        "recipe",
        {"model": {"frame_weight": 0.0}},
    ),
    "moving_garments": ("**gan_keras, recipe moving_garments**", "recipe", {}),
}
# Column: score.
NAMES = {
    "frames": "frame_distance",
    "changes": "change_distance",
    "identity drift": "identity_drift",
    "drift of bodies": "body_drift",
    "law, pixels": "law_residual",
    "near copies": "near_copies",
    "closest record": "closest_record",
}


def one_run(*, row, seed, seconds, quick, pictures):
    """Makes and scores fake clips of one row with one seed: its line."""
    from gan_keras import data, metrics

    source, others = data.source(DATA), data.source(DATA, split="test")
    title, how, changes = ROWS[row]
    num, names = 40 if quick else NUM, [*metrics.VIDEO_METRICS, *metrics.videos.OWN[DATA]]
    held_out = side(others.samples)
    start, steps = time.process_time(), None
    if how == "recipe":
        model, steps = trained(changes, source, seed=seed, seconds=seconds, quick=quick)
        fake = side(model.sample(num, seed=seed))
        if seed == 0:
            draw(source.kind, fake.samples, pathlib.Path(pictures) / f"video_{row}.png")
    elif how == "images":
        fake, steps = of_images(source, num, seed=seed, seconds=seconds, quick=quick)
        names, held_out = ["frame_distance"], None
    else:
        fake, held_out = side(others.samples[:num]), None
        names.remove("closest_record")  # they can't be nearer to themselves
    spent = time.process_time() - start
    found = metrics.evaluate_videos(
        fake,
        side(source.samples),
        source.kind,
        metrics=names,
        extractor=source.extractor,
        own=source.own_scores,
        held_out=held_out,
        num=num,
        seed=seed,
    )
    end = f"@{row}" if how == "beside" else ""
    scores = {score.metric: round(score.value, 6) for score in found}
    return {
        **{"row": row, "seed": seed, "title": title},
        "scores": {name: scores[name + end] for name in NAMES.values() if name + end in scores},
        "data": f"moving_garments@{source.fingerprint}",
        "num_fake": num,
        "steps": steps,
        "cpu_seconds": round(spent, 1),
        "machine": report.machine(),
    }


def side(clips):
    """Clips of one side, as bytes."""
    from gan_keras.kinds.images import as_bytes
    from gan_keras.metrics.labelled import Side

    return Side(samples=as_bytes(clips))


def draw(kind, samples, path):
    """Film strips of some clips, twice as large."""
    kind.write(path, samples[: kind.num_shown], scale=2)


def trained(changes, source, *, seed, seconds, quick):
    """The recipe with some changes, trained for CPU seconds, and how many steps that were."""
    from gan_keras import recipes

    recipe = recipes.get("moving_garments").with_settings(changes)
    return fitted(recipe, source, seed=seed, seconds=seconds, quick=quick)


def of_images(source, num, *, seed, seconds, quick):
    """Images of single frames, by the recipe of garments, in the form of clips.

    What a frame could be, if no motion had to be learnt in the same time.
    """
    import numpy as np

    from gan_keras import data, recipes

    frames = source.samples.reshape(-1, *source.kind.shape[1:])
    frames = data.Source(name="frames", samples=frames)
    recipe = recipes.get("fashion_mnist_dcgan")
    model, steps = fitted(recipe, frames, seed=seed, seconds=seconds, quick=quick)
    num_frames = source.kind.shape[0]
    made = model.sample(num * num_frames, seed=seed)
    return side(np.reshape(made, (num, *source.kind.shape))), steps


def fitted(recipe, source, *, seed, seconds, quick):
    """A model of a recipe, trained for CPU seconds over which its learning rate falls."""
    from benchmarks.quality import training_run

    if quick:
        recipe, steps = training_run.falling_over(recipe, 8), 8
    else:
        recipe = training_run.as_long_as(seconds, recipe, source, seed=seed)
        steps = recipe.generator_optimizer["learning_rate"]["decay_steps"]
    model = recipe.build(source, seed=seed)
    dataset = training_run.batches(recipe, model, source, seed=seed)
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    return model, steps


def table(lines):
    """Lines of a Markdown table, in the order of `ROWS`."""
    return results_page.table(lines, ROWS, NAMES, what="generated clips")


def main():
    parser = resumable.parser(__doc__)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--rows", default=",".join(ROWS))
    parser.add_argument("--seconds", type=float, default=1_200.0, help="CPU seconds of a training")
    arguments = parser.parse_args()
    rows = resumable.named(parser, arguments.rows, ROWS, "rows ")
    once = [row for row in rows if ROWS[row][1] in ("real", "beside")]
    lines = resumable.lines_of(
        arguments,
        one_run,
        LINES,
        resumable.seeded(rows, arguments.seeds, once=once, quick=arguments.quick),
        told=lambda line: str(line["scores"]),
        seconds=arguments.seconds,
        quick=arguments.quick,
        pictures=str(PICTURES),
    )
    results_page.write("video", table(lines), arguments)


if __name__ == "__main__":
    main()

"""What a graphics card makes of four recipes: precisions, XLA, batches, memory, waits of the host.

    python -m benchmarks.speed.gpu [--minutes 9] [--only cifar10_sngan] [--seconds 2] [--quick]

Random pixels of the right shapes take the place of data, since speed does not depend on them. Each
recipe has a process of its own; a case that fails, say for want of memory, is a row that says so;
what the minutes do not suffice for is left out by name. Writes results/gpu.json and docs/gpu.md.
--quick tries one small recipe on whatever device there is, and keeps nothing.
"""

import argparse
import itertools
import json
import time

from benchmarks import resumable
from benchmarks.pages import report
from gan_keras.commands.quiet import import_tensorflow

RESULT = report.RESULTS / "gpu.json"
PAGE = report.ROOT / "docs" / "gpu.md"
SHAPES = {  # of the samples of each recipe
    "fashion_mnist_dcgan": (28, 28, 1),
    "cifar10_sngan": (32, 32, 3),
    "cifar10_stylegan2_ada": (32, 32, 3),
    "pix2pix": (286, 286, 3),
}
PRECISIONS = ("float32", "tf32", "mixed_float16", "mixed_bfloat16")
BATCHES = (1, 2, 4, 8)  # times the recipe's own
NUM_IMAGES = 512
WARM_UP = 16  # steps: both branches of penalties that come every 16 steps


def cases():
    """Dicts of a recipe, precision, whether XLA compiles, and how many times its batch.

    Those that matter most come first, for whoever has few minutes.
    """
    found = [
        {"recipe": recipe, "precision": precision, "xla": xla, "times": 1}
        for xla in (False, True)
        for precision in PRECISIONS
        for recipe in SHAPES
    ]
    found += [
        {"recipe": recipe, "precision": precision, "xla": False, "times": times}
        for times in BATCHES[1:]
        for precision in ("tf32", "mixed_bfloat16")
        for recipe in SHAPES
    ]
    return found


def rows_of(*, wanted, seconds, until, changes=None):
    """Rows of the cases of one recipe, in a process of its own, until the time is over.

    Args:
        wanted: the cases.
        seconds: that a block of steps shall take.
        until: `time.time()` after which none is begun.
        changes: to the recipe's settings. Defaults to none.
    """
    found = []
    for case in wanted:
        if time.time() > until:
            break
        started = time.time()
        try:
            row = measured(**case, seconds=seconds, changes=changes or {})
        except Exception as error:  # whatever a card may refuse: its words are the result
            row = {"failed": f"{type(error).__name__}: {str(error).strip().splitlines()[0][:200]}"}
        found.append({**case, **row, "took": round(time.time() - started, 1)})
        print(found[-1], flush=True)
    return found


def measured(*, recipe, precision, xla, times, seconds, changes):
    """Images a second, by `fit` and without it, memory, and what the host waits for."""
    import keras
    import tensorflow as tf

    from benchmarks.quality import training_run
    from gan_keras import recipes
    from gan_keras.machines import devices

    keras.backend.clear_session()
    tf.config.experimental.enable_tensor_float_32_execution(precision == "tf32")
    devices.configure(precision="float32" if precision == "tf32" else precision)
    gpus = tf.config.list_logical_devices("GPU")
    if gpus:
        tf.config.experimental.reset_memory_stats("GPU:0")
    chosen = recipes.get(recipe).with_settings(changes)
    chosen = chosen.with_settings({"batch_size": times * chosen.batch_size})
    source = random_source(chosen)
    model = chosen.build(source, seed=0)
    model.jit_compile = xla
    dataset = training_run.batches(chosen, model, source, seed=0)
    started = time.perf_counter()
    model.fit(dataset, steps_per_epoch=WARM_UP, verbose=0)
    first = time.perf_counter() - started
    steps = max(1, round(seconds / (timed(model, dataset, WARM_UP) / WARM_UP)))
    by_fit = timed(model, dataset, steps)
    bare, handed_out = by_hand(model, dataset, steps)
    per_step = chosen.batch_size * model.batches_per_step()
    peak = tf.config.experimental.get_memory_info("GPU:0")["peak"] if gpus else None
    return {
        "batch_size": chosen.batch_size,
        "images_per_second": round(steps * per_step / by_fit, 1),
        "images_per_second_without_fit": round(steps * per_step / bare, 1),
        "share_of_time_handing_out": round(handed_out / bare, 3),
        "input_images_per_second": round(input_rate(dataset, per_step, seconds)),
        "seconds_to_the_first_steps": round(first, 1),
        "peak_megabytes": peak and round(peak / 2**20),
        "losses_finite": all(map(is_finite, model.get_metrics_result().values())),
    }


def random_source(recipe):
    """Random pixels in the shapes that a recipe learns from, with labels where it wants them."""
    import numpy as np

    from gan_keras import data

    random = np.random.default_rng(0)
    shape = SHAPES.get(recipe.name, (28, 28, 1))
    pixels = random.integers(0, 256, (NUM_IMAGES, *shape), dtype="uint8")
    if recipe.algorithm == "pix2pix":
        return data.source((pixels[::-1], pixels), pairing="paired")
    return data.source((pixels, np.arange(NUM_IMAGES, dtype="int32") % 10))


def timed(model, dataset, steps):
    """Seconds of `fit`, which ends by reading the losses."""
    started = time.perf_counter()
    model.fit(dataset, steps_per_epoch=steps, verbose=0)
    return time.perf_counter() - started


def by_hand(model, dataset, steps):
    """Seconds of steps without callbacks, and those of them in which the host handed them out.

    A host that never waits for the card hands all steps out long before the last is done.
    """
    function, batches = model.make_train_function(), iter(dataset)
    calls = max(1, steps // (model.steps_per_execution or 1))
    started = time.perf_counter()
    for _ in range(calls):
        logs = function(batches)
    handed_out = time.perf_counter() - started
    for value in logs.values():
        float(value)
    share = calls * (model.steps_per_execution or 1) / steps
    return (time.perf_counter() - started) / share, handed_out / share


def input_rate(dataset, per_step, seconds):
    """Images a second that the pipeline gives when nobody trains on them."""
    batches = iter(dataset)
    next(batches)
    started, num = time.perf_counter(), 0
    while time.perf_counter() - started < seconds / 4:
        next(batches)
        num += 1
    return num * per_step / (time.perf_counter() - started)


def is_finite(value):
    import numpy as np

    return bool(np.isfinite(np.asarray(value)).all())


def device():
    """The card's name and what TensorFlow says of it; None without one."""
    import tensorflow as tf

    gpus = tf.config.list_physical_devices("GPU")
    if not gpus:
        return None
    facts = tf.config.experimental.get_device_details(gpus[0])
    return {
        "name": facts.get("device_name", "a GPU"),
        "compute_capability": ".".join(map(str, facts.get("compute_capability", ()))),
        "tensorflow": tf.__version__,
        "cuda": tf.sysconfig.get_build_info().get("cuda_version"),
    }


def page(result):
    """docs/gpu.md."""
    card, machine = result["device"], result["machine"]
    name = "no GPU" if card is None else f"{card['name']} (CUDA {card['cuda']})"
    lines = [
        "# On a GPU",
        "",
        "Written by `python -m benchmarks.speed.gpu`. Random pixels in the shapes of the data;",
        'images a second by `fit`, without pictures and scores. "Handing out" is the share of the',
        "time in which the host hands out steps: near 1, the host limits; near 0, the card does.",
        "",
        f"{name}; {machine['processor']}, {machine['threads']} threads; {machine['date']}.",
    ]
    for recipe in SHAPES:
        rows = [row for row in result["rows"] if row["recipe"] == recipe]
        if rows:
            lines += ["", f"## {recipe}", "", *report.table(HEAD, map(cells, rows))]
    if result["left_out"]:
        names = [
            f"{case['recipe']} {case['precision']}{', XLA' * case['xla']}, batch x {case['times']}"
            for case in result["left_out"]
        ]
        lines += ["", f"The minutes did not suffice for: {'; '.join(names)}."]
    return "\n".join([*lines, ""])


HEAD = ["", "batch", "images / s", "handing out", "input, images / s", "first steps, s", "MB"]


def cells(row):
    """Of one case."""
    title = f"{row['precision']}{', XLA' * row['xla']}"
    if "failed" in row:
        return [title, f"x {row['times']}", row["failed"].replace("|", "/"), "", "", "", ""]
    return [
        title,
        str(row["batch_size"]),
        f"{row['images_per_second']:,.0f}",
        f"{row['share_of_time_handing_out']:.2f}",
        f"{row['input_images_per_second']:,}",
        f"{row['seconds_to_the_first_steps']:.0f}",
        str(row["peak_megabytes"] or ""),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--minutes", type=float, default=9.0)
    parser.add_argument("--seconds", type=float, default=2.0, help="of a block of steps")
    parser.add_argument("--only", default=",".join(SHAPES))
    parser.add_argument("--quick", action="store_true", help="a smoke test; writes no results")
    arguments = parser.parse_args()
    names = resumable.named(parser, arguments.only, SHAPES, "recipes ")
    wanted = [case for case in cases() if case["recipe"] in names]
    changes, seconds = {}, arguments.seconds
    if arguments.quick:
        small = {"recipe": "fashion_mnist_dcgan", "times": 1}
        wanted = [{**small, "precision": "tf32", "xla": False}]
        wanted.append({**small, "precision": "mixed_bfloat16", "xla": True})
        changes = {"generator.widths": (8, 4), "discriminator.widths": (4, 8), "batch_size": 4}
        seconds = 0.1
    card = resumable.in_process(device, before=import_tensorflow)
    if card is None and not arguments.quick:
        parser.error("TensorFlow sees no GPU here. --quick tries everything on the CPU.")
    until = time.time() + 60 * arguments.minutes
    result = {"device": card, "machine": report.machine(), "rows": []}
    for xla, times in itertools.product((False, True), BATCHES):
        for recipe in SHAPES:
            group = [
                case
                for case in wanted
                if (case["recipe"], case["xla"], case["times"]) == (recipe, xla, times)
            ]
            if group and time.time() < until:
                result["rows"] += resumable.in_process(
                    rows_of,
                    before=import_tensorflow,
                    wanted=group,
                    seconds=seconds,
                    until=until,
                    changes=changes,
                )
    done = [
        {key: row[key] for key in ("recipe", "precision", "xla", "times")} for row in result["rows"]
    ]
    result["left_out"] = [case for case in wanted if case not in done]
    text = page(result)
    print(text)
    if not arguments.quick:
        RESULT.write_text(json.dumps(result, indent=2) + "\n")
        PAGE.write_text(text)


if __name__ == "__main__":
    main()

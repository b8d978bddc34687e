"""How long a run takes to its first step, and how cost grows with the batch and the critic steps.

    python -m benchmarks.speed.cost [--rounds 5]

The start is that of `gan-keras train` in a new process, TensorFlow's import and the tracing of the
step included. Steps are timed by `train_on_batch`, all sizes in turns in one process. Writes
results/cost.json and docs/performance.md.
"""

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.pages import report

RECIPE = "fashion_mnist_dcgan"
BATCHES, CRITIC_STEPS = (16, 32, 64, 128, 256), (1, 2, 4, 8)
WARM_UP = 8  # steps: both branches of the lazy penalties
STARTED = "first step after"
FIRST_STEP = f"""
import resource, sys, time
import keras
from gan_keras import recipes
from gan_keras.running.training import Training

class First(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        used = resource.getrusage(resource.RUSAGE_SELF)
        print("{STARTED}", used.ru_utime + used.ru_stime)
        self.model.stop_training = True

training = Training(recipes.get("{RECIPE}"))
training.steps_per_epoch = 1
training.run(training.start(sys.argv[1]), extra_callbacks=[First()])
"""


def start(rounds):
    """Wall and CPU seconds from a new process to the end of its first step; medians."""
    found = []
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            with subprocess.Popen(
                [sys.executable, "-u", "-c", FIRST_STEP, os.path.join(folder, "run")],
                stdout=subprocess.PIPE,
                text=True,
                cwd=report.ROOT,
            ) as process:
                for line in process.stdout:
                    if match := re.search(f"{STARTED} (.+)", line):
                        found.append((time.perf_counter() - began, float(match[1])))
                        process.kill()
                        break
    wall, cpu = zip(*found, strict=True)
    return {"wall_seconds": statistics.median(wall), "cpu_seconds": statistics.median(cpu)}


def steps(rounds):
    """CPU seconds of a step for each (batch size, critic steps); medians of rounds in turns."""
    import gan_keras  # noqa: F401  (switches oneDNN on)
    from gan_keras import data, recipes

    cases = {(size, 1) for size in BATCHES} | {(BATCHES[0], count) for count in CRITIC_STEPS}
    recipe = recipes.get(RECIPE)
    source = data.source(recipe.data)
    models, seconds = {}, {case: [] for case in sorted(cases)}
    for size, count in seconds:
        changes = {"batch_size": size, "discriminator_steps": count}
        model = recipe.with_settings(changes).build(source)
        batch = next(iter(source.batches(size * model.batches_per_step(), labels=False)))
        models[size, count] = model, batch
        for _ in range(2):
            model.train_on_batch(batch)
    for _ in range(rounds):
        for case, (model, batch) in models.items():
            began = time.process_time()
            for _ in range(WARM_UP):
                model.train_on_batch(batch)
            seconds[case].append((time.process_time() - began) / WARM_UP)
    return {case: statistics.median(those) for case, those in seconds.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    machine, began, seconds = report.machine(), start(rounds), steps(rounds)
    rows = [
        ["`gan-keras train` to the end of its first step", f"{began['wall_seconds']:.1f} s wall"],
        ["the same", f"{began['cpu_seconds']:.1f} CPU s"],
    ]
    for (size, count), each in seconds.items():
        images = f"{1e6 * each / (size * count):.0f} µs an image"
        label = f"batch {size}" + (f", {count} critic steps" if count > 1 else "")
        rows.append([f"step, {label}", f"{1e3 * each:.1f} CPU ms, {images}"])
    lines = [report.described(machine), "", *report.table(["default recipe", "cost"], rows)]
    report.write(
        "cost",
        {
            "machine": machine,
            "start": began,
            "step_seconds": {f"{size}x{count}": each for (size, count), each in seconds.items()},
            "table": lines,
        },
    )


if __name__ == "__main__":
    main()

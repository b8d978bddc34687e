"""How fast images come in, and how long it takes until the first one does.

    python -m benchmarks.speed.input

Writes results/input.json and docs/performance.md.
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import argparse
import pathlib
import resource
import tempfile
import time

import numpy as np

from benchmarks.pages import report


def write_folder(folder, num_images, side):
    """Smooth random pictures in two class folders: PNGs of about the size of photographs'."""
    from gan_keras import images

    random = np.random.default_rng(0)
    for place in range(num_images):
        coarse = random.integers(0, 256, (side // 8, side // 8, 3))
        fine = coarse.repeat(8, axis=0).repeat(8, axis=1) + random.integers(-8, 9, (side, side, 3))
        path = folder / "ab"[place % 2] / f"{place:05d}.png"
        path.parent.mkdir(exist_ok=True)
        images.save_png(path, np.clip(fine, 0, 255).astype("uint8"))


def measure(title, batch_size, num_batches, name, **arguments):
    """A row: seconds until all is in memory, and images per second from then on."""
    from gan_keras import data

    started = time.perf_counter()
    source = data.source(name, **arguments)
    loading = time.perf_counter() - started
    stream = iter(source.batches(batch_size, repeat=True))
    next(stream)
    started, cpu_started = time.perf_counter(), time.process_time()
    for _ in range(num_batches):
        next(stream)
    num_images = batch_size * num_batches
    per_second = num_images / (time.perf_counter() - started)
    per_cpu_second = num_images / (time.process_time() - cpu_started)
    shape = "x".join(map(str, source.sample_shape))
    return [
        f"{title}: {source.num_samples:,} images, {shape}",
        f"{loading:.2f}",
        f"{per_second:,.0f}",
        f"{per_cpu_second:,.0f}",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--num-batches", type=int, default=2000)
    parser.add_argument("--num-files", type=int, default=2000)
    arguments = parser.parse_args()
    counts = arguments.batch_size, arguments.num_batches
    machine = report.machine()
    import tensorflow  # noqa: F401  (not part of what is measured)

    rows = [measure("bundled", *counts, "fashion_mnist_10k")]
    with tempfile.TemporaryDirectory() as folder:
        write_folder(pathlib.Path(folder), arguments.num_files, side=64)
        rows.append(measure("folder of PNGs as it is", *counts, folder))
        rows.append(measure("the same, resized", *counts, folder, image_size=32))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    head = ["data", "seconds until in memory", "then images a second", "a CPU second"]
    lines = [report.described(machine), "", *report.table(head, rows)]
    lines += ["", f"Peak memory of the process: {peak:.2f} GB."]
    report.write("input", {"machine": machine, "table": lines})


if __name__ == "__main__":
    main()

"""How fast images come in, and how long it takes until the first one does.

python benchmarks/input.py
"""

import os

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import argparse
import pathlib
import resource
import tempfile
import time

import numpy as np

from gan_keras import data, images


def write_folder(folder, num_images, side):
    """Smooth random pictures in two class folders: PNGs of about the size of photographs'."""
    random = np.random.default_rng(0)
    for place in range(num_images):
        coarse = random.integers(0, 256, (side // 8, side // 8, 3))
        fine = coarse.repeat(8, axis=0).repeat(8, axis=1) + random.integers(-8, 9, (side, side, 3))
        path = folder / "ab"[place % 2] / f"{place:05d}.png"
        path.parent.mkdir(exist_ok=True)
        images.save_png(path, np.clip(fine, 0, 255).astype("uint8"))


def measure(title, batch_size, num_batches, name, **arguments):
    """Prints seconds until all is in memory, and images per second from then on."""
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
    print(
        f"{title}: {source.num_samples} images {source.sample_shape} in memory after "
        f"{loading:.2f} s ({source.num_samples / loading:,.0f} a second), then "
        f"{per_second:,.0f} images a second ({per_cpu_second:,.0f} a CPU second)"
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--num-batches", type=int, default=2000)
    parser.add_argument("--num-files", type=int, default=2000)
    arguments = parser.parse_args()
    counts = arguments.batch_size, arguments.num_batches
    import tensorflow  # noqa: F401  (not part of what is measured)

    measure("bundled", *counts, "fashion_mnist_10k")
    with tempfile.TemporaryDirectory() as folder:
        write_folder(pathlib.Path(folder), arguments.num_files, side=64)
        measure("folder as it is", *counts, folder)
        measure("folder resized to 32", *counts, folder, image_size=32)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"peak memory of this process: {peak:.2f} GB")


if __name__ == "__main__":
    main()

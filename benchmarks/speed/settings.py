"""What the switches are worth on a CPU: oneDNN, threads, XLA, several steps to an execution.

    python -m benchmarks.speed.settings [--rounds 7]

`GAN.fit` on our default DCGAN, each setting in a process of its own, timed in turns in short
blocks. Writes results/settings.json and docs/performance.md.
"""

import argparse
import contextlib
import json
import statistics
import sys
import tempfile

from benchmarks.loops.configurations import CONFIGURATIONS
from benchmarks.loops.worker import Worker, write_images
from benchmarks.pages import report

CONFIGURATION = "dcgan"
STEPS = 8  # a block: the lazy penalty's period
SETTINGS = {  # title: environment, arguments of `compile`
    "as it comes": ({}, {}),
    "`TF_ENABLE_ONEDNN_OPTS=0`": ({"TF_ENABLE_ONEDNN_OPTS": "0"}, {}),
    "one thread (`TF_NUM_INTRAOP_THREADS=1`, `TF_NUM_INTEROP_THREADS=1`)": (
        {"TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"},
        {},
    ),
    "`compile(steps_per_execution=8)`": ({}, {"steps_per_execution": 8}),
    "`compile(jit_compile=True)`": ({}, {"jit_compile": True}),
}


def measure(rounds):
    """Seconds of each block of each setting."""
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = write_images(CONFIGURATIONS[CONFIGURATION], folder)
        workers = {}
        for title, (environment, compile_arguments) in SETTINGS.items():
            errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            arguments = [CONFIGURATION, path, "--settings", json.dumps(compile_arguments)]
            workers[title] = Worker("ours", arguments, sys.executable, errors, environment)
            stack.callback(workers[title].stop)
        for worker in workers.values():
            worker.block(2 * STEPS)  # traces, chooses kernels, compiles
        blocks = {title: [] for title in workers}
        for turn in range(rounds):
            for title in list(workers)[:: 1 if turn % 2 == 0 else -1]:
                blocks[title].append(workers[title].block(STEPS))
        return blocks


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=7)
    arguments = parser.parse_args()
    machine, blocks = report.machine(), measure(arguments.rounds)
    num_images = STEPS * CONFIGURATIONS[CONFIGURATION].batch_size
    rates = {
        clock: {
            title: [num_images / block[clock] for block in those] for title, those in blocks.items()
        }
        for clock in ("cpu_seconds", "wall_seconds")
    }
    first = rates["cpu_seconds"]["as it comes"]
    rows = [
        [
            title,
            f"{statistics.median(those):.0f}",
            f"{statistics.median(a / b for a, b in zip(those, first, strict=True)):.2f}",
            f"{statistics.median(rates['wall_seconds'][title]):.0f}",
        ]
        for title, those in rates["cpu_seconds"].items()
    ]
    head = ["setting", "images per CPU second", "ratio (median of pairs)", "images per second"]
    lines = [report.described(machine), "", *report.table(head, rows)]
    report.write("settings", {"machine": machine, "rates": rates, "table": lines})


if __name__ == "__main__":
    main()

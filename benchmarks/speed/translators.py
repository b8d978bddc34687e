"""Images per CPU second of pix2pix: `Pix2Pix.fit` against a PyTorch loop of the same networks.

    python -m benchmarks.speed.translators --torch-python PYTHON [--quick]

The networks of the emoji recipes (64 pixels, widths 32) and of the paper's shape at half its width.
Each loop in a process of its own, in turns, in short blocks; PyTorch as people write it, and with
channels last and a fused Adam. Writes results/translators.json and docs/performance.md.
"""

import argparse
import contextlib
import os
import pathlib
import statistics
import sys
import tempfile

from benchmarks.loops.worker import Worker
from benchmarks.pages import report
from benchmarks.speed.throughput import check_equal

# Title: what both loops are told.
GAMES = {
    "emoji recipes: U-Net and PatchGAN of width 32, 64 px": {
        **{"size": 64, "width": 32, "num_levels": 6, "num_layers": 2, "batch_size": 8},
    },
    "U-Net of width 32, PatchGAN 70x70, 128 px": {
        **{"size": 128, "width": 32, "num_levels": 7, "num_layers": 3, "batch_size": 4},
    },
}
USUAL = {"channels_last": False, "fused": False}
LOOPS = {  # name: (title, loop, further settings); ours first
    "ours": ("`Pix2Pix.fit`", "translator_ours", {}),
    "usual": ("PyTorch", "translator_torch", USUAL),
    "fast": (
        "PyTorch, channels last, fused Adam",
        "translator_torch",
        {"channels_last": True, "fused": True},
    ),
}


def write_pairs(folder, size):
    """A file of 256 pairs of random images."""
    import numpy as np

    random = np.random.default_rng(0)
    pairs = random.integers(0, 256, (2, 256, size, size, 3), dtype=np.uint8)
    path = pathlib.Path(folder) / "pairs.npz"
    np.savez(path, input=pairs[0], target=pairs[1])
    return str(path)


def measure(settings, *, rounds, steps, torch_python):
    """Rates of every loop, round by round, and ours against each peer."""
    import json

    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path, workers = write_pairs(folder, settings["size"]), {}
        for name, (_, loop, more) in LOOPS.items():
            errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            python = sys.executable if name == "ours" else torch_python
            told = json.dumps({**settings, **more})
            workers[name] = Worker(loop, ["--pairs", path, "--settings", told], python, errors)
            stack.callback(workers[name].stop)
        check_equal({name: worker.facts["weights"] for name, worker in workers.items()})
        for worker in workers.values():
            worker.block(3)  # traces, chooses kernels
        rates = {name: [] for name in workers}
        for turn in range(rounds):
            for name in sorted(workers, reverse=turn % 2 == 1):
                seconds = workers[name].block(steps)["cpu_seconds"]
                rates[name].append(steps * settings["batch_size"] / seconds)
        return {
            "settings": settings,
            "steps_of_a_block": steps,
            "weights": workers["ours"].facts["weights"],
            "versions": {name: worker.facts["version"] for name, worker in workers.items()},
            "images_per_cpu_second": {
                name: statistics.median(values) for name, values in rates.items()
            },
            "ratio_to_each_peer": {
                name: statistics.median(
                    a / b for a, b in zip(rates["ours"], rates[name], strict=True)
                )
                for name in rates
                if name != "ours"
            },
            "rounds": rates,
        }


def lines_of(machine, results):
    """The table of docs/performance.md."""
    peers = [name for name in LOOPS if name != "ours"]
    head = ["images per CPU second", *(title for title, *_ in LOOPS.values())]
    head += [f"ours / {LOOPS[name][0]}" for name in peers]
    rows = [
        [
            f"{title} (batch {result['settings']['batch_size']})",
            *(f"{result['images_per_cpu_second'][name]:.1f}" for name in LOOPS),
            *(f"{result['ratio_to_each_peer'][name]:.2f}" for name in peers),
        ]
        for title, result in results.items()
    ]
    return [report.described(machine), "", *report.table(head, rows)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--steps", type=int, default=4, help="of a block")
    parser.add_argument("--torch-python", default=os.environ.get("TORCH_PYTHON"))
    parser.add_argument("--quick", action="store_true", help="a smoke test; writes no results")
    arguments = parser.parse_args()
    if not arguments.torch_python:
        parser.error("needs PyTorch: pass --torch-python, or set TORCH_PYTHON")
    machine, results = report.machine(), {}
    for title, settings in GAMES.items():
        results[title] = measure(
            settings,
            rounds=1 if arguments.quick else arguments.rounds,
            steps=1 if arguments.quick else arguments.steps,
            torch_python=arguments.torch_python,
        )
    lines = lines_of(machine, results)
    if arguments.quick:
        print("\n".join(lines))
    else:
        report.write("translators", {"machine": machine, "games": results, "table": lines})


if __name__ == "__main__":
    main()

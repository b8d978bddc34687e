"""Steps per CPU second of CTGAN: `models.CTGAN.fit` against the package of its authors.

    python -m benchmarks.speed.ctgan --torch-python PYTHON [--quick]

The recipe `ctgan` and the package's defaults on the bundled table: the same networks, batches of
500 in packs of 10. Each loop in a process of its own, in turns, in short blocks. The interpreter of
`--torch-python` has the package ctgan. Writes results/ctgan.json and docs/performance.md.
"""

import argparse
import contextlib
import json
import os
import statistics
import sys
import tempfile

from benchmarks.loops.worker import Worker
from benchmarks.pages import report

# No category is pooled, as the peer pools none: so the networks are as wide, but for the number of
# modes that each mixture keeps.
ALL = {"data_arguments.min_rows": 1}
LOOPS = {  # name: (title, loop, changes of our recipe); ours first
    "ours": ("`models.CTGAN.fit`", "ctgan_ours", ALL),
    "own_pass": (
        "`models.CTGAN.fit`, a pass of its own for each player, as the peer",
        "ctgan_ours",
        {**ALL, "fresh_noise": True},
    ),
    "peer": ("the authors' `CTGAN.fit`", "ctgan_peer", {}),
}


def of_the_peer():
    """What the peer must know of the bundled table: it has another reader."""
    from gan_keras.data import adult, source

    columns = source("adult").kind.columns
    return {
        "path": str(adult.PATH),
        "num_rows": adult.NUM_TRAIN,
        "numbers": [column.name for column in columns if column.type == "number"],
    }


def measure(*, rounds, steps, torch_python):
    """Rates of the loops, round by round, and ours against the peer."""
    told, workers = of_the_peer(), {}
    with contextlib.ExitStack() as stack:
        for name, (_, loop, changes) in LOOPS.items():
            errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            python = torch_python if loop == "ctgan_peer" else sys.executable
            settings = json.dumps({**told, "changes": changes})
            workers[name] = Worker(loop, ["--settings", settings], python, errors)
            stack.callback(workers[name].stop)
        facts = {name: worker.facts for name, worker in workers.items()}
        for worker in workers.values():
            worker.block(8)  # traces, chooses kernels
        rates = {name: [] for name in workers}
        for turn in range(rounds):
            for name in sorted(workers, reverse=turn % 2 == 1):
                rates[name].append(steps / workers[name].block(steps)["cpu_seconds"])
    return {
        "steps_of_a_block": steps,
        "facts": facts,
        "steps_per_cpu_second": {name: statistics.median(rates[name]) for name in rates},
        "ratio_to_the_peer": {
            name: statistics.median(
                own / peer for own, peer in zip(rates[name], rates["peer"], strict=True)
            )
            for name in rates
        },
        "rounds": rates,
    }


def lines_of(machine, result):
    """The table of docs/performance.md."""
    head = ["", "weights of G and D", "ms a step", "steps per CPU second", "of the peer's"]
    rows = [
        [
            f"{title} ({result['facts'][name]['version']})",
            " and ".join(f"{number:,}" for number in result["facts"][name]["weights"]),
            f"{1000 / result['steps_per_cpu_second'][name]:.1f}",
            f"{result['steps_per_cpu_second'][name]:.1f}",
            f"{result['ratio_to_the_peer'][name]:.2f}",
        ]
        for name, (title, *_) in LOOPS.items()
    ]
    return [report.described(machine), "", *report.table(head, rows)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--steps", type=int, default=16, help="of a block")
    parser.add_argument("--torch-python", default=os.environ.get("TORCH_PYTHON"))
    parser.add_argument("--quick", action="store_true", help="a smoke test; writes no results")
    arguments = parser.parse_args()
    if not arguments.torch_python:
        parser.error("needs the package ctgan: pass --torch-python, or set TORCH_PYTHON")
    machine = report.machine()
    result = measure(
        rounds=1 if arguments.quick else arguments.rounds,
        steps=8 if arguments.quick else arguments.steps,
        torch_python=arguments.torch_python,
    )
    lines = lines_of(machine, result)
    if arguments.quick:
        print("\n".join(lines))
    else:
        report.write("ctgan", {"machine": machine, **result, "table": lines})


if __name__ == "__main__":
    main()

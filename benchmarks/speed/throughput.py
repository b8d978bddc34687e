"""Images per CPU second and per second: GAN.fit against the loops that people copy.

    python -m benchmarks.speed.throughput [--quick] [--torch-python PYTHON]

The same networks and mathematics in every loop, each in a process of its own, timed in turns in
short blocks: in float32, and those that know it in bfloat16, too. PyTorch need not be installed
beside TensorFlow: --torch-python, or the environment variable TORCH_PYTHON, names an interpreter
that has it; without one its columns stay empty. Writes results/throughput.json and
docs/performance.md.
"""

import argparse
import contextlib
import dataclasses
import json
import math
import os
import statistics
import sys
import tempfile

from benchmarks.loops.configurations import CONFIGURATIONS
from benchmarks.loops.worker import Worker, write_images
from benchmarks.pages import report


@dataclasses.dataclass(frozen=True)
class Way:
    """One column: a loop, and what its `run` takes."""

    loop: str
    title: str
    settings: dict


MIXED = {"precision": "mixed_bfloat16"}
FAST = {"fast": True}
FLOAT32 = {
    "ours": Way("ours", "`GAN.fit`", {}),
    "keras_io": Way("peers_keras_io", "keras.io", {}),
    "tutorial": Way("peers_tf_loop", "TensorFlow tutorial", {}),
    "torch": Way("peers_torch", "PyTorch", {}),
    "torch_fast": Way("peers_torch", "PyTorch, fast", FAST),
}
BFLOAT16 = {
    "ours_bfloat16": Way("ours", "`GAN.fit`", MIXED),
    "tutorial_bfloat16": Way("peers_tf_loop", "TensorFlow tutorial", MIXED),
    "torch_bfloat16": Way("peers_torch", "PyTorch, fast", {**FAST, "bfloat16": True}),
}
WAYS = {**FLOAT32, **BFLOAT16}


def measure(name, limits, *, rounds, block_seconds, torch_python):
    """Every way on one configuration: rates of each round, and the machine's limit beside them."""
    configuration = CONFIGURATIONS[name]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = write_images(configuration, folder)
        workers = {}
        for title, way in WAYS.items():  # all start at once
            python = torch_python if way.loop == "peers_torch" else sys.executable
            if python is None:
                continue
            errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            settings = ["--settings", json.dumps(way.settings)]
            workers[title] = Worker(way.loop, [name, path, *settings], python, errors)
            stack.callback(workers[title].stop)
        check_equal({title: worker.facts["weights"] for title, worker in workers.items()})
        steps = {}
        for title, worker in workers.items():
            worker.block(max(2, configuration.period))  # traces, chooses kernels
            trial = worker.block(configuration.period)
            repeats = math.ceil(block_seconds / trial["cpu_seconds"])
            steps[title] = configuration.period * max(1, repeats)
        blocks, reached = {title: [] for title in workers}, []
        for turn in range(rounds):
            reached.append(limits.block(1))
            for title in list(workers)[:: 1 if turn % 2 == 0 else -1]:
                blocks[title].append(workers[title].block(steps[title]))
        flops = workers["ours"].facts["flops"]
        return summary(configuration, steps, blocks, reached, flops)


def check_equal(weights):
    """Raises ValueError unless all loops train networks of the same size."""
    if len({tuple(pair) for pair in weights.values()}) > 1:
        raise ValueError(f"The loops train different networks: weights of each are {weights}")


def summary(configuration, steps, blocks, reached, flops):
    """Medians over the rounds, and ours against the others, round by round."""

    def rates(name, seconds):
        return [steps[name] * configuration.batch_size / block[seconds] for block in blocks[name]]

    cpu = {name: rates(name, "cpu_seconds") for name in blocks}
    wall = {name: rates(name, "wall_seconds") for name in blocks}
    medians = {name: statistics.median(values) for name, values in cpu.items()}
    fastest = max((name for name in FLOAT32 if name in cpu and name != "ours"), key=medians.get)
    limit = statistics.median(turn["convolution"] for turn in reached)
    flops_rate = medians["ours"] * flops / configuration.batch_size

    def ratio(ours, other):
        return statistics.median(a / b for a, b in zip(cpu[ours], cpu[other], strict=True))

    return {
        "title": configuration.title,
        "batch_size": configuration.batch_size,
        "discriminator_steps": configuration.discriminator_steps,
        "images_per_cpu_second": medians,
        "images_per_second": {name: statistics.median(values) for name, values in wall.items()},
        "fastest_peer": fastest,
        "ratio_to_each_peer": {
            ours: {name: ratio(ours, name) for name in cpu if name != ours}
            for ours in ("ours", "ours_bfloat16")
        },
        "gflop_per_image": flops / configuration.batch_size / 1e9,
        "gflops_per_cpu_second": flops_rate / 1e9,
        "convolution_limit": limit / 1e9,
        "matmul_limit": statistics.median(turn["matmul"] for turn in reached) / 1e9,
        "share_of_limit": flops_rate / limit,
        "rounds": cpu,
    }


def lines_of(machine, results):
    """The two tables of docs/performance.md."""
    single, half = [], []
    for result in results.values():
        rates, ratios = result["images_per_cpu_second"], result["ratio_to_each_peer"]
        title = f"{result['title']} (batch {result['batch_size']})"
        fastest = result["fastest_peer"]

        def cells(names, rates=rates):
            return [f"{rates[name]:.0f}" if name in rates else "" for name in names]

        against_torch = ratios["ours_bfloat16"].get("torch_bfloat16")
        single.append(
            [
                title,
                *cells(FLOAT32),
                f"{ratios['ours'][fastest]:.2f}",
                f"{result['gflops_per_cpu_second']:.0f} of {result['convolution_limit']:.0f}",
                f"{result['share_of_limit']:.2f}",
            ]
        )
        half.append(
            [
                title,
                *cells(BFLOAT16),
                f"{ratios['ours_bfloat16'][fastest]:.2f}",
                "" if against_torch is None else f"{against_torch:.2f}",
                f"{ratios['ours_bfloat16']['ours']:.2f}",
            ]
        )
    head = ["images per CPU second, float32", *(way.title for way in FLOAT32.values())]
    head += ["ours / fastest peer", "GFLOP per CPU second, of the best convolution's"]
    lines = [report.described(machine), "", *report.table([*head, "share of it"], single), ""]
    head = ["images per CPU second, bfloat16", *(way.title for way in BFLOAT16.values())]
    head += ["ours / fastest peer in float32", "ours / PyTorch", "ours / ours in float32"]
    return [*lines, *report.table(head, half)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--configurations", nargs="*", choices=CONFIGURATIONS)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--block-seconds", type=float, default=1.0, help="CPU seconds of a block")
    parser.add_argument("--torch-python", default=os.environ.get("TORCH_PYTHON"))
    parser.add_argument("--quick", action="store_true", help="a smoke test; writes no results")
    arguments = parser.parse_args()
    names = arguments.configurations or list(CONFIGURATIONS)
    rounds, block_seconds = arguments.rounds, arguments.block_seconds
    if arguments.quick:
        names, rounds, block_seconds = arguments.configurations or ["dcgan"], 1, 0.1
    if not arguments.torch_python:
        print('No PyTorch: pass --torch-python, or pip install "gan-keras[bench]".')
    machine, results = report.machine(), {}
    with tempfile.TemporaryFile("w+") as errors:
        limits = Worker("limits", [], sys.executable, errors)
        limits.block(1)
        for name in names:
            results[name] = measure(
                name,
                limits,
                rounds=rounds,
                block_seconds=block_seconds,
                torch_python=arguments.torch_python or None,
            )
            lines = lines_of(machine, results)
            if arguments.quick:
                print("\n".join(lines), flush=True)
            else:
                result = {"machine": machine, "configurations": results, "table": lines}
                report.write("throughput", result)
        limits.stop()


if __name__ == "__main__":
    main()

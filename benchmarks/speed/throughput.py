"""Images per CPU second and per second: GAN.fit against the loops that people copy.

    python -m benchmarks.speed.throughput [--quick] [--torch-python PYTHON]

The same networks and mathematics in every loop, each in a process of its own, timed in turns in
short blocks. PyTorch need not be installed beside TensorFlow: --torch-python, or the environment
variable TORCH_PYTHON, names an interpreter that has it; without one its column stays empty.
Takes about eight minutes on two cores; writes results/throughput.json and docs/performance.md.
"""

import argparse
import contextlib
import math
import os
import statistics
import sys
import tempfile

from benchmarks.loops.configurations import CONFIGURATIONS
from benchmarks.loops.worker import Worker, write_images
from benchmarks.pages import report

LOOPS = {  # name of each loop, its title; ours first
    "ours": "`GAN.fit`",
    "peers_keras_io": "keras.io",
    "peers_tf_loop": "TensorFlow tutorial",
    "peers_torch": "PyTorch",
}


def measure(name, limits, *, rounds, block_seconds, pythons):
    """Every loop on one configuration: rates of each round, and the machine's limit beside them."""
    configuration = CONFIGURATIONS[name]
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        path = write_images(configuration, folder)
        workers = {}
        for loop, python in pythons.items():  # all start at once
            errors = stack.enter_context(tempfile.TemporaryFile("w+"))
            workers[loop] = Worker(loop, [name, path], python, errors)
            stack.callback(workers[loop].stop)
        check_equal({loop: worker.facts["weights"] for loop, worker in workers.items()})
        steps = {}
        for loop, worker in workers.items():
            worker.block(max(2, configuration.period))  # traces, chooses kernels
            trial = worker.block(configuration.period)
            repeats = math.ceil(block_seconds / trial["cpu_seconds"])
            steps[loop] = configuration.period * max(1, repeats)
        blocks, reached = {loop: [] for loop in workers}, []
        for turn in range(rounds):
            reached.append(limits.block(1))
            for loop in sorted(workers, reverse=turn % 2 == 1):
                blocks[loop].append(workers[loop].block(steps[loop]))
        flops = workers["ours"].facts["flops"]
        return summary(configuration, steps, blocks, reached, flops)


def check_equal(weights):
    """Raises ValueError unless all loops train networks of the same size."""
    if len({tuple(pair) for pair in weights.values()}) > 1:
        raise ValueError(f"The loops train different networks: weights of each are {weights}")


def summary(configuration, steps, blocks, reached, flops):
    """Medians over the rounds, and ours against the fastest peer, round by round."""

    def rates(loop, seconds):
        return [steps[loop] * configuration.batch_size / block[seconds] for block in blocks[loop]]

    cpu = {loop: rates(loop, "cpu_seconds") for loop in blocks}
    wall = {loop: rates(loop, "wall_seconds") for loop in blocks}
    medians = {loop: statistics.median(values) for loop, values in cpu.items()}
    fastest = max((loop for loop in cpu if loop != "ours"), key=medians.get)
    limit = statistics.median(turn["convolution"] for turn in reached)
    flops_rate = medians["ours"] * flops / configuration.batch_size
    return {
        "title": configuration.title,
        "batch_size": configuration.batch_size,
        "discriminator_steps": configuration.discriminator_steps,
        "images_per_cpu_second": medians,
        "images_per_second": {loop: statistics.median(values) for loop, values in wall.items()},
        "fastest_peer": fastest,
        "ratio_to_fastest_peer": statistics.median(
            a / b for a, b in zip(cpu["ours"], cpu[fastest], strict=True)
        ),
        "ratio_to_each_peer": {
            loop: statistics.median(a / b for a, b in zip(cpu["ours"], cpu[loop], strict=True))
            for loop in cpu
            if loop != "ours"
        },
        "gflop_per_image": flops / configuration.batch_size / 1e9,
        "gflops_per_cpu_second": flops_rate / 1e9,
        "convolution_limit": limit / 1e9,
        "matmul_limit": statistics.median(turn["matmul"] for turn in reached) / 1e9,
        "share_of_limit": flops_rate / limit,
        "rounds": {loop: cpu[loop] for loop in cpu},
    }


def lines_of(machine, results):
    """The table of docs/performance.md."""
    rows = []
    for result in results.values():
        rates = result["images_per_cpu_second"]
        rows.append(
            [
                f"{result['title']} (batch {result['batch_size']})",
                *(f"{rates[loop]:.0f}" if loop in rates else "" for loop in LOOPS),
                f"{result['ratio_to_fastest_peer']:.2f}",
                f"{result['gflops_per_cpu_second']:.0f} of {result['convolution_limit']:.0f}",
                f"{result['share_of_limit']:.2f}",
                f"{1.5 / result['ratio_to_fastest_peer'] * result['share_of_limit']:.2f}",
            ]
        )
    head = ["images per CPU second", *LOOPS.values(), "ours / fastest peer"]
    head += ["GFLOP per CPU second, of the best convolution's", "share of it", "for 1.5x"]
    return [report.described(machine), "", *report.table(head, rows)]


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
    pythons = dict.fromkeys(LOOPS, sys.executable)
    pythons["peers_torch"] = arguments.torch_python
    if not arguments.torch_python:
        del pythons["peers_torch"]
        print('No PyTorch: pass --torch-python, or pip install "gan-keras[bench]".')
    machine, results = report.machine(), {}
    with tempfile.TemporaryFile("w+") as errors:
        limits = Worker("limits", [], sys.executable, errors)
        limits.block(1)
        for name in names:
            results[name] = measure(
                name, limits, rounds=rounds, block_seconds=block_seconds, pythons=pythons
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

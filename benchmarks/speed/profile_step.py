"""Where a step's CPU time goes: its convolutions alone, and the step with parts left out.

    python -m benchmarks.speed.profile_step [--rounds 15]

The step is that of the default networks with the non-saturating loss and R1, as in
`throughput`. Every variant is traced in one process and timed in short blocks in turns; a part's
share is what the step loses without it (median of paired ratios). The convolutions and
matrix products are also run alone, on random numbers of the same shapes, which says how much of a
step they are: the rest is what a better program could save. Writes results/profile.json and
docs/performance.md.
"""

import argparse
import os
import statistics

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

from benchmarks.pages import report


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--rounds", type=int, default=15)
    arguments = parser.parse_args()
    from benchmarks.speed import step_parts

    import tensorflow as tf  # isort: skip

    machine = report.machine()
    seconds = step_parts.timed(arguments.rounds)
    step = statistics.median(seconds["whole"])
    alone, number = step_parts.convolutions_alone(max(3, arguments.rounds // 3))
    pairs = {
        name: [a / b for a, b in zip(seconds[name], seconds["whole"], strict=True)]
        for name in step_parts.VARIANTS
    }
    quartiles = {name: statistics.quantiles(ratios, n=4) for name, ratios in pairs.items()}
    lines = [report.described(machine), ""]
    lines += report.table(
        [
            "step of our default networks, batch 64, no input",
            "of the step's CPU seconds",
            "middle half of rounds",
        ],
        [
            [f"the whole step: {1e3 * step:.1f} ms", "100%", ""],
            [
                f"its {number:.0f} convolutions and products, alone",
                f"{100 * alone / step:.0f}%",
                "",
            ],
            *(
                [name, f"{100 * median:.1f}%", f"{100 * low:.1f}% to {100 * high:.1f}%"]
                for name, (low, median, high) in quartiles.items()
            ),
        ],
    )
    result = {"machine": machine, "tensorflow": tf.__version__, "step_ms": 1e3 * step}
    result |= {"convolutions_alone": alone / step, "quartiles": quartiles, "rounds": seconds}
    report.write("profile", {**result, "table": lines})


if __name__ == "__main__":
    main()

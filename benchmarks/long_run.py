"""Whether the default recipe keeps what it has reached: trained for three times its length.

    python benchmarks/long_run.py [--seeds 1] [--report]

Writes a line of results/long_run.jsonl for each finished run, goes on where it stopped, and puts
the table into docs/results.md. --quick tries it for seconds and writes nothing.
"""

import json

import baselines
import json_lines
import report
import results_page

LINES = report.RESULTS / "long_run.jsonl"
LENGTH = 450.0  # CPU seconds of `gan-keras train`, see the README
TIMES = 3
ROWS = {"default": baselines.ROWS["default"]}


def table(lines):
    """Lines of a Markdown table: the distance at each length, and the last over the best."""
    head = ["seed", *(f"after {n} x" for n in range(1, TIMES + 1)), "best", "last / best"]
    rows = []
    for line in lines:
        distances = [distance for _, distance in line["curve"]]
        each = len(distances) // TIMES
        rows.append(
            [
                str(line["seed"]),
                *(f"{distances[n * each - 1]:.2f}" for n in range(1, TIMES + 1)),
                f"{min(distances):.2f}",
                f"{distances[-1] / min(distances):.2f}",
            ]
        )
    note = results_page.described(lines)
    return [*report.table(head, rows), "", note] if lines else [note]


def main():
    arguments = baselines.parser(__doc__, budget=TIMES * LENGTH, seeds=1).parse_args()
    if arguments.one:
        print(json.dumps(baselines.one_run(**json.loads(arguments.one))))
    elif arguments.quick:
        baselines.quick_table(__file__, ROWS, ROWS)
    else:
        if not arguments.report:
            how = {name: getattr(arguments, name) for name in ("seeds", "budget", "num")}
            baselines.run_all(__file__, LINES, ROWS, **how, measurements=6 * TIMES)
        results_page.write("long_run", table(json_lines.read(LINES)))


if __name__ == "__main__":
    main()

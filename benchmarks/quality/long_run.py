"""Whether the default recipe keeps what it has reached: trained for three times its length.

    python -m benchmarks.quality.long_run [--seeds 1] [--report]

Writes a line of results/long_run.jsonl for each finished run, goes on where it stopped, and puts
the table into docs/results.md. --quick tries it for seconds and writes nothing.
"""

from benchmarks.pages import report, results_page
from benchmarks.quality import baselines, equal_cost

LENGTH = 450.0  # CPU seconds of `gan-keras train`, see the README
TIMES = 3
ROWS = {"default": baselines.ROWS["default"]}


def table(lines, **_):
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
    how = {"budget": TIMES * LENGTH, "seeds": 1, "measurements": 6 * TIMES}
    equal_cost.compare(__doc__, "long_run", ROWS, table=table, **how)


if __name__ == "__main__":
    main()

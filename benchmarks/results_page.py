"""docs/results.md: its tables and pictures, from the lines of finished runs."""

import statistics

import report

PAGE = report.ROOT / "docs" / "results.md"
HEAD = [
    *("", "Fréchet, last", "best", "kernel x 1000", "precision", "recall", "coverage"),
    *("collapsed", "images seen", "CPU s", "seeds"),
]


def baselines(lines, rows, *, budget):
    """Lines of a Markdown table of the runs of one budget, in the order of `rows`.

    Args:
        lines: dicts of `baselines.one_run`.
        rows: dict from the name of a row to (title, ...).
        budget: CPU seconds.
    """
    cells, own = [], [line for line in lines if line["budget"] == budget]
    for name, (title, *_) in rows.items():
        runs = [line for line in own if line["row"] == name]
        if not runs:
            cells.append([title, *["not run"] * 2, *[""] * (len(HEAD) - 3)])
            continue
        last = {key: [run["last"][key] for run in runs] for key in runs[0]["last"]}
        cells.append(
            [
                title,
                spread(last["frechet"]),
                spread([run["best"]["frechet"] for run in runs]),
                spread([1000 * value for value in last["kernel"]]),
                *(spread(last[key]) for key in ("precision", "recall", "coverage")),
                f"{sum(run['collapsed'] for run in runs)} of {len(runs)}",
                f"{round(statistics.mean(run['images_seen'] for run in runs) / 1000)}k",
                f"{statistics.mean(run['cpu_seconds'] for run in runs):.0f}",
                str(len(runs)),
            ]
        )
    return [*report.table(HEAD, cells), "", described(own)]


def described(lines):
    """One line on what the runs have in common; more than one value is a warning to the reader."""
    if not lines:
        return "No run yet."
    data = sorted({line["data"] for line in lines})
    nums = sorted({line["num_fake"] for line in lines})
    machines = sorted({line["machine"]["processor"] for line in lines})
    return (
        f"Data {', '.join(data)}; {', '.join(map(str, nums))} generated images; "
        f"{', '.join(machines)}."
    )


def pictures(rows, folder):
    """A picture for each row that has one: the samples of seed 0."""
    found = []
    for name, (title, *_) in rows.items():
        if (folder / f"{name}.png").exists():
            plain = title.replace("*", "")
            found += [f"**{plain}**", "", f"![{plain}](pictures/{name}.png)", ""]
    return found or ["No run yet."]


def spread(values):
    """Mean and, of several, standard deviation, to as many digits as it is worth."""
    mean = statistics.mean(values)
    digits = 3 if abs(mean) < 1 else 2 if abs(mean) < 10 else 1
    if len(values) == 1:
        return f"{mean:.{digits}f}"
    return f"{mean:.{digits}f} ± {statistics.stdev(values):.{digits}f}"


def write(name, lines):
    """Puts lines between the markers of `name`."""
    PAGE.write_text(report.with_table(PAGE.read_text(encoding="utf-8"), name, lines), "utf-8")

"""docs/results.md: its tables and pictures, from the lines of finished runs."""

import statistics

from benchmarks.pages import report

PAGE = report.ROOT / "docs" / "results.md"


def described(lines, *, what="generated images"):
    """One line on what the runs have in common; more than one value is a warning to the reader.

    Args:
        lines: of finished runs.
        what: what was scored. Defaults to "generated images".
    """
    if not lines:
        return "No run yet."
    data = sorted({line["data"] for line in lines})
    nums = sorted({line["num_fake"] for line in lines})
    machines = sorted({line["machine"]["processor"] for line in lines})
    return f"Data {', '.join(data)}; {', '.join(map(str, nums))} {what}; {', '.join(machines)}."


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


def table(lines, rows, names, *, what):
    """Lines of a Markdown table: a line for each row, over its seeds, and what all have in common.

    Args:
        lines: of finished runs: `row`, `scores` and `cpu_seconds` of each.
        rows: dict from a row to a tuple that begins with its title, in the table's order.
        names: dict from a column to a score, or to (score, factor); a row may lack it.
        what: what was scored, as for `described`.
    """
    head = ["", *names, "CPU s", "seeds"]
    cells = []
    for row, (title, *_) in rows.items():
        runs = [line for line in lines if line["row"] == row]
        if not runs:
            cells.append([title, "not run", *[""] * (len(head) - 2)])
            continue
        found = [_cell(runs, name) for name in names.values()]
        seconds = spread([run["cpu_seconds"] for run in runs])
        cells.append([title, *found, seconds, str(len(runs))])
    return [*report.table(head, cells), "", described(lines, what=what)]


def _cell(runs, name):
    name, scale = (name, 1.0) if isinstance(name, str) else name
    values = [scale * run["scores"][name] for run in runs if name in run["scores"]]
    return spread(values) if values else ""


def write(name, lines, arguments):
    """Puts lines between the markers of `name`; of a smoke test, prints them."""
    if arguments.quick:
        print("\n".join(lines))
    else:
        report.put(PAGE, name, lines)

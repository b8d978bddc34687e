"""Results as JSON, and as tables in docs/performance.md between two markers.

    python benchmarks/report.py

puts the tables of all results into the page once more.
"""

import json
import os
import pathlib
import platform
import re
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
RESULTS = ROOT / "results"
PICTURES = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "performance.md"


def machine():
    """The processor, how many threads may run, and how busy the machine is with other things."""
    return {
        "processor": _processor(),
        "threads": len(os.sched_getaffinity(0)),
        "load_at_start": round(os.getloadavg()[0], 1),
        "python": platform.python_version(),
        "date": time.strftime("%Y-%m-%d"),
    }


def write(name, result):
    """results/NAME.json, and its table in docs/performance.md."""
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    if PAGE.exists():
        PAGE.write_text(with_table(PAGE.read_text(), name, result["table"]))


def with_table(page, name, lines):
    """The page with new lines between `<!-- NAME -->` and `<!-- end of NAME -->`."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    if start not in page or end not in page:
        raise ValueError(f"The page has no place for '{name}': put {start} and {end} into it.")
    before, rest = page.split(start, maxsplit=1)
    return f"{before}{start}\n" + "\n".join(lines) + f"\n{end}{rest.split(end, maxsplit=1)[1]}"


def table(head, rows):
    """Lines of a Markdown table; every cell is a string."""
    lines = [head, ["---"] + ["---:"] * (len(head) - 1), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def described(machine):
    """One line on the machine of a result."""
    return (
        f"{machine['processor']}, {machine['threads']} threads, {machine['date']}; "
        f"load of other processes at the start: {machine['load_at_start']}."
    )


def _processor():
    try:
        information = pathlib.Path("/proc/cpuinfo").read_text()
    except OSError:
        return platform.processor() or platform.machine()
    model = re.search(r"model name\s*: (.+)", information)
    flags = re.search(r"flags\s*: (.+)", information)
    vectors = "AVX-512" if flags and "avx512f" in flags[1] else "no AVX-512"
    return f"{model[1] if model else platform.machine()} ({vectors})"


def main():
    page = PAGE.read_text()
    for name in re.findall("<!-- end of (.+) -->", page):
        page = with_table(page, name, json.loads((RESULTS / f"{name}.json").read_text())["table"])
    PAGE.write_text(page)


if __name__ == "__main__":
    main()

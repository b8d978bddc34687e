"""Results as JSON, and as tables in docs/performance.md between two markers.

    python -m benchmarks.pages.report

puts the tables of all results into the page once more.
"""

import argparse
import json
import os
import pathlib
import platform
import re
import time

from gan_keras.machines import processor

ROOT = pathlib.Path(__file__).resolve().parents[2]
RESULTS = ROOT / "results"
PICTURES = ROOT / "docs" / "pictures"
PAGE = ROOT / "docs" / "performance.md"
NUMBERS = {"family": "cpu family", "model": "model"}  # what we call it: what Linux does


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
    """results/NAME.json, and its table in docs/performance.md and on the terminal."""
    print("\n".join(result["table"]))
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=2) + "\n")
    put(PAGE, name, result["table"])


def put(page, name, lines):
    """Puts lines between the markers of `name` in a file."""
    page.write_text(with_table(page.read_text("utf-8"), name, lines), "utf-8")


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
    """Model, family and number (a name alone, as "AMD EPYC", says nothing), what it multiplies."""
    facts = processor.facts()
    if not facts:
        return platform.processor() or platform.machine()
    words = [f"{name} {facts[key]}" for name, key in NUMBERS.items() if key in facts]
    words.append("AVX-512" if "avx512f" in processor.flags() else "no AVX-512")
    words.append("bfloat16" if processor.has_bfloat16() else "no bfloat16")
    return f"{facts.get('model name', platform.machine())} ({', '.join(words)})"


def main():
    argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0]).parse_args()
    page = PAGE.read_text()
    for name in re.findall("<!-- end of (.+) -->", page):
        page = with_table(page, name, json.loads((RESULTS / f"{name}.json").read_text())["table"])
    PAGE.write_text(page)


if __name__ == "__main__":
    main()

"""How long a reader waits for a page in a browser, and how long it takes to write one.

    python -m benchmarks.speed.page_speed [--repeats 20]

Three pages: the bundled run's, a translator's of 64x64 and one of 32x32 colours. The latter two
have the networks of recipes, untrained, which are as fast as trained ones. Each is written in a
process of its own, whose start counts. Then it is opened offline, in Chromium and in Firefox, as
the tests of pages do, and asked anew several times: the wait is from the click until the last
sample is drawn. Writes results/page_speed.json and the table in docs/pages.md. Takes a minute on an
idle machine; --only names some.
"""

import argparse
import contextlib
import json
import pathlib
import statistics
import sys
import tempfile
import time

from benchmarks import resumable
from benchmarks.pages import report

RESULT = report.RESULTS / "page_speed.json"
PAGE = report.ROOT / "docs" / "pages.md"
CASES = {  # title, the button that asks anew, samples that it draws, the bound of one wait in ms
    "garments": ("`garments`, 28x28 grey: twelve samples and the large one", "fresh", 13, 100),
    "emoji_pix2pix": ("`emoji_pix2pix`, 64x64 colours: a translation", "clear", 1, 300),
    "cifar10_sngan": ("`cifar10_sngan`, 32x32 colours: a sample (of 13)", "fresh", 13, 200),
}
WAITS = """(async () => {
  const status = document.getElementById("status");
  const button = document.getElementById(%(button)s);
  const done = () => new Promise((resolve) => {
    const look = () => {
      if (/\\d+ ms, by WebAssembly/.test(status.textContent)) resolve();
      else setTimeout(look, 1);
    };
    look();
  });
  await done();
  const found = [], begun = performance.now();
  for (let i = 0; i < %(repeats)d; i++) {
    if (i >= 5 && performance.now() - begun > 20000) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
    status.textContent = "";
    const start = performance.now();
    button.click();
    await done();
    found.push(performance.now() - start);
  }
  return found;
})()"""


def write(*, case, path):
    """Writes the page of a case: seconds of its process's CPU without its start."""
    from gan_keras import data, kinds, recipes
    from gan_keras.pages.explorer import text_of
    from gan_keras.running import bundled

    if case == "garments":
        model = bundled.load(case)
    else:
        recipe = recipes.get(case)
        if case == "cifar10_sngan":  # without its data, which are no part of the package
            import numpy as np

            blank = np.zeros((64, 32, 32, 3), "uint8")
            source = data.Source(name="blank", samples=blank, kind=kinds.Images(shape=(32, 32, 3)))
        else:
            source = data.source(recipe.data, **recipe.data_arguments)
        model = recipe.build(source)
    start = time.process_time()
    pathlib.Path(path).write_text(text_of(model, case), encoding="utf-8")
    return time.process_time() - start


@contextlib.contextmanager
def chromium(folder):
    """A function from a path and an expression to what it gives in that page."""
    import browser

    with browser.opened() as opened:

        def found(path, expression):
            page = opened(path)
            page.set_default_timeout(0)
            return page.evaluate(expression)

        yield found


@contextlib.contextmanager
def firefox(folder):
    """The same in Firefox."""
    import firefox as tested

    with tested.opened(folder) as page:

        def found(path, expression):
            page.open(path)
            page.ask("WebDriver:SetTimeouts", script=600_000)
            page.socket.settimeout(None)
            return page.read(expression)

        yield found


def measured(folder, repeats, cases):
    """A line for each case: what it took to write and, in each browser, all waits in ms."""
    lines = []
    for case in cases:
        _, _, num, bound = CASES[case]
        path, start = folder / f"{case}.html", time.perf_counter()
        cpu = resumable.in_process(write, case=case, path=str(path))
        seconds = time.perf_counter() - start
        line = {"case": case, "seconds": round(seconds, 2), "cpu_seconds": round(cpu, 2)}
        line |= {"bytes": path.stat().st_size, "samples": num, "bound_ms": bound, "waits_ms": {}}
        lines.append(line)
    for name, browser in {"Chromium": chromium, "Firefox": firefox}.items():
        with browser(folder) as found:
            for line in lines:
                _, button, *_ = CASES[line["case"]]
                asked = WAITS % {"button": json.dumps(button), "repeats": repeats}
                waits = found(folder / f"{line['case']}.html", asked)
                line["waits_ms"][name] = [round(wait, 1) for wait in waits]
                print(f"{line['case']} in {name}: {min(waits):.0f} ms at best", flush=True)
    return lines


def table(result):
    """Lines of a Markdown table of a result, and what it was measured on."""
    head = ["", "Chromium, best / median", "Firefox, best / median", "wanted", "file", "written in"]
    rows = []
    for line in result["lines"]:
        title, _, num, bound = CASES[line["case"]]
        share = num if "(of" in title else 1
        waits = [
            f"{min(found) / share:.0f} / {statistics.median(found) / share:.0f} ms"
            for found in line["waits_ms"].values()
        ]
        size, seconds = f"{line['bytes'] / 1e6:.1f} MB", f"{line['seconds']:.1f} s"
        rows.append([title, *waits, f"< {bound} ms", size, seconds])
    return [
        *report.table(head, rows),
        "",
        f"{result['repeats']} waits each (5 at least, where they take more than 20 seconds), from "
        "the click until all is drawn; a page is written in "
        f"a process of its own, its start counted. {report.described(result['machine'])}",
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--only", default=",".join(CASES), help="some pages; nothing is kept")
    arguments = parser.parse_args()
    cases = resumable.named(parser, arguments.only, CASES, "pages ")
    sys.path.append(str(report.ROOT / "tests" / "pages"))  # the browsers, as tests open them
    machine = report.machine()
    with tempfile.TemporaryDirectory() as folder:
        lines = measured(pathlib.Path(folder), arguments.repeats, cases)
    result = {"machine": machine, "repeats": arguments.repeats, "lines": lines}
    lines = table(result)
    print("\n".join(lines))
    if cases != list(CASES):
        return
    RESULT.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")
    report.put(PAGE, "page_speed", lines)


if __name__ == "__main__":
    main()

"""The report: one page on a run, or on several side by side."""

import json

from gan_keras import diagnosis, files
from gan_keras.diagnosis.records import course, last_step
from gan_keras.metrics.table import better
from gan_keras.pages import curves, facts, samples
from gan_keras.pages.document import document, png_link
from gan_keras.pages.markup import Markup, join, tag
from gan_keras.pages.next_steps import next_steps
from gan_keras.running import diagnosis_report
from gan_keras.version import __version__

MOST_BYTES = 6_000_000  # of pictures; the page has a third more, for it holds them as text
MOST_OF_RUN = 2_000_000
MOST_ITEMS = 20  # of a list among the settings
LARGE = 480  # pixels, from which on a picture is not shown larger than it is
FIRST = ("d_loss", "g_loss")
SAYS = ("What the files of the run say.", "What the files of the runs say, side by side.")


def report(runs, out):
    """Writes one HTML file that needs nothing else and asks nobody for anything.

    It shows the curves of history.csv, the samples' timeline, scores with their protocol, what the
    recorded diagnosis says, settings, versions, and what to type next. Only files are read; no
    model is opened.

    Args:
        runs: a run folder, or a list of such, which are shown side by side.
        out: path of the file.

    Raises:
        ValueError: a folder is no run, is named twice, or holds a damaged file.
    """
    folders = runs if isinstance(runs, (list, tuple)) else [runs]
    files.write_text(out, page(facts.several(list(folders))))


def page(found):
    """The report as text.

    Args:
        found: list of `facts.Facts`, at least one.
    """
    names = [one.label for one in found]
    title = names[0] if len(found) == 1 else f"{len(found)} runs: {', '.join(names)}"
    main = [
        tag("h1", title),
        tag("p", f"{SAYS[len(found) > 1]} Written by gan_keras {__version__}."),
        *section("Samples", timeline(found)),
        *section("Curves", charts(found)),
        *section("Scores", scores(found)),
        *section("Diagnosis", each(found, diagnosed)),
        *section("What to type next", each(found, commands)),
        *section("Settings and versions", settings(found)),
    ]
    return document(f"gan_keras: {title}", tag("main", *main), scripts=("report.js",))


def section(title, content):
    """A heading and what stands below it."""
    return [tag("h2", title), content]


def each(found, what):
    """What is said of each run, side by side if there are several."""
    if len(found) == 1:
        return what(found[0])
    parts = [tag("section", tag("h3", one.label), what(one)) for one in found]
    return tag("div", *parts, class_="side-by-side")


# ------------------------------------------------------------- samples


def timeline(found):
    """A slider over the steps at which samples were drawn; each run shows its newest by then."""
    budget = min(MOST_OF_RUN, MOST_BYTES // len(found))
    kept = [samples.within(one.grids, budget) for one in found]
    steps = sorted({grid.step for grids in kept for grid, _ in grids})
    if not steps:
        return tag("p", "No samples were drawn yet.")
    shown = [frames(one, grids) for one, grids in zip(found, kept, strict=True)]
    slider = tag(
        "p",
        tag("label", "Training step ", for_="step"),
        tag(
            "input",
            type="range",
            id="step",
            min=0,
            max=len(steps) - 1,
            value=len(steps) - 1,
            data_steps=json.dumps(steps),
            disabled=len(steps) == 1,
        ),
        " ",
        tag("output", f"{steps[-1]:,}", for_="step", id="shown-step"),
        " ",
        tag("button", "Play", type="button", id="play", disabled=len(steps) == 1),
        class_="slider",
    )
    return join([slider, tag("div", *shown, class_="side-by-side")])


def frames(one, grids):
    """The pictures of one run, all but the last hidden."""
    if not grids:
        return tag("figure", tag("figcaption", f"{one.label}: no samples were drawn yet."))
    pictures = [
        tag(
            "img",
            src=png_link(content),
            alt=f"Samples of {one.label} after step {grid.step:,}",
            data_step=grid.step,
            class_="pixels" if samples.width(content) < LARGE else None,
            hidden=grid is not grids[-1][0],
        )
        for grid, content in grids
    ]
    left = len(one.grids) - len(grids)
    caption = f"{one.label}: {len(grids)} of {len(one.grids)} grids. " if left else one.label
    return tag("figure", *pictures, tag("figcaption", caption), class_="frames")


# ------------------------------------------------------------- curves


def charts(found):
    """A chart for each column of a history that moves, and all numbers as a table."""
    columns = list(dict.fromkeys(name for one in found for name in one.columns))
    columns.sort(key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    drawn, still = [], []
    for name in columns:
        lines = [(one.label, *one.series(name), texts_of(one, name)) for one in found]
        values = {value for _, _, ys, _ in lines for value in ys}
        if len(values) > 1:
            drawn.append(curves.chart(name, lines))
        elif values:
            still.append(name)
    if not columns:
        return tag("p", "No epoch is done yet.")
    parts = [tag("div", *drawn, class_="charts")]
    if len(found) > 1:
        parts.insert(0, legend(found))
    if still:
        parts.append(tag("p", f"Of one value throughout, and not drawn: {', '.join(still)}."))
    parts += [numbers(one, len(found) > 1) for one in found]
    return join(parts)


def texts_of(one, column):
    """The numbers of a column that are drawn, as the file has them."""
    return [row[column] for row in one.rows if facts.number(row.get(column)) is not None]


def legend(found):
    """Which line is which run."""
    items = []
    for number, one in enumerate(found):
        line = tag("line", x1=0, x2=40, y1=6, y2=6, class_=f"line look-{number % curves.NUM_LOOKS}")
        key = tag("svg", line, viewBox="0 0 40 12", class_="key", aria_hidden="true")
        items.append(tag("li", key, " ", one.label))
    return tag("ul", *items, class_="legend")


def numbers(one, is_named):
    """All of history.csv, sign by sign."""
    head = ["epoch", *one.columns]
    rows = [[row.get(name) or "" for name in head] for row in one.rows]
    what = f"All numbers of {one.label}" if is_named else "All numbers"
    return tag("details", tag("summary", f"{what} (history.csv)"), table(head, rows, what))


# ------------------------------------------------------------- scores


def scores(found):
    """Every score with everything that it depends on."""
    head = ["score", "value", "±", "95% interval", "better", "extractor", "resize", "samples"]
    head += ["real ones", "data", "seed", "gan_keras"]
    if len(found) > 1:
        head.insert(0, "run")
    rows = []
    for one in found:
        for score in one.scores:
            interval = "" if score.interval is None else "{:.4g} to {:.4g}".format(*score.interval)
            row = [
                *([one.label] if len(found) > 1 else []),
                score.metric,
                f"{score.value:.5g}",
                "" if score.std is None else f"{score.std:.2g}",
                interval,
                better(score.metric),
                score.extractor,
                score.resize,
                f"{score.num_fake:,}",
                f"{score.num_real:,}",
                score.data,
                str(score.seed),
                score.version,
            ]
            rows.append(row)
    if not rows:
        return tag("p", "None were taken. Scores of epochs, if any, are among the curves.")
    note = tag(
        "p", "Two scores compare only if all that stands right of “better” is the same for both."
    )
    return join([table(head, rows, "Scores"), note])


# ------------------------------------------------------------- diagnosis, next steps


def diagnosed(one):
    """What the recorded looks at a run say."""
    if not one.records:
        return tag("p", "Nothing was recorded: train with --diagnose and --quality.")
    parts = []
    findings = diagnosis.findings(one.records)
    for finding in findings:
        sign = "Trouble: " if finding.is_trouble else "Note: "
        parts += [
            tag("dt", sign, finding.name.replace("_", " ")),
            tag("dd", finding.says, " ", finding.cure),
        ]
    lines = [] if not parts else [tag("dl", *parts)]
    if not any(finding.is_trouble for finding in findings):
        lines.append(tag("p", diagnosis_report.verdict(one.records, ())))
    looks = course(one.records)
    if looks:
        rows = [
            [words, f"{looks[-1][name]:.3g}"]
            for name, words in diagnosis_report.WORDS.items()
            if looks[-1].get(name) is not None
        ]
        lines.append(
            table(
                ["what was measured (and what is healthy)", "value"],
                rows,
                f"Newest look, at step {last_step(looks):,}",
                caption=True,
            )
        )
    unseen = diagnosis_report.unseen(one.records, ())
    if unseen:
        lines.append(tag("ul", *(tag("li", line) for line in unseen)))
    return join(lines)


def commands(one):
    """What to type next, each with what it is for."""
    parts = [
        part
        for what, command in next_steps(one)
        for part in (tag("dt", what), tag("dd", tag("code", command)))
    ]
    return tag("dl", *parts) if parts else tag("p", "Nothing.")


# ------------------------------------------------------------- settings


def settings(found):
    """What each run was started with; of several, rows that differ say so."""
    flat = [flattened(one) for one in found]
    names = list(dict.fromkeys(name for one in flat for name in one))
    head = ["setting", *(one.label for one in found)]
    if len(found) == 1:
        rows = [[breakable(name), flat[0][name]] for name in names]
        return table(head[:1] + ["value"], rows, "Settings")
    rows = []
    for name in names:
        values = [one.get(name, "") for one in flat]
        rows.append([breakable(name), *values, "" if len(set(values)) == 1 else "differs"])
    rows.sort(key=lambda row: row[-1] == "")  # what differs comes first
    return table([*head, ""], rows, "Settings")


def breakable(name):
    """A dotted name that may go on in a new line after each dot and underscore."""
    return join(
        (join(part.split("_"), Markup("_<wbr>")) for part in name.split(".")), Markup(".<wbr>")
    )


def flattened(one):
    """A config as a dict from dotted names to texts."""
    found = {}

    def add(name, value):
        if isinstance(value, dict) and value:
            for key, inner in value.items():
                add(f"{name}.{key}" if name else str(key), inner)
        elif isinstance(value, list) and len(value) > MOST_ITEMS:
            first = json.dumps(value[:MOST_ITEMS], ensure_ascii=False)
            found[name] = f"{first} and {len(value) - MOST_ITEMS:,} more"
        else:
            is_plain = isinstance(value, str)
            found[name] = value if is_plain and value else json.dumps(value, ensure_ascii=False)

    config = {key: value for key, value in one.config.items() if key != "format"}
    add("", {**config, "checkpoint": {"step": one.step}})
    return found


def table(head, rows, label, *, caption=False):
    """A table that scrolls by itself where it is wider than the page."""
    heads = tag("tr", *(tag("th", name, scope="col") for name in head))
    lines = [
        tag("tr", tag("th", row[0], scope="row"), *(tag("td", cell) for cell in row[1:]))
        for row in rows
    ]
    above = [tag("caption", label)] if caption else []
    inner = tag("table", *above, tag("thead", heads), tag("tbody", *lines))
    return tag("div", inner, class_="wide", tabindex=0, role="region", aria_label=label)

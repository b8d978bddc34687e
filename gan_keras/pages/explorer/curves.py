"""The view of a generator of series: curves in units of their own, and the usual course."""

from gan_keras.pages.explorer import samples
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/curves.js", samples.SCRIPT)


def data(model, classes):
    """What the scripts read of a generator of series."""
    return {**samples.data(model, classes), "series": model.kind.in_page()}


def body(data):
    """See `samples.body`."""
    readings = tag("div", tag("table", id="readings"), class_="wide", tabindex=0)
    return samples.body(
        data,
        figure=[tag("p", id="course", class_="faint")],
        below=[tag("details", tag("summary", "The readings of the chosen series"), readings)],
        saves_all={"save-all": "Save the samples (CSV)"},
        saves={"save": "Save this picture"},
    )

"""The view of a generator of rows of a table: rows, wishes, and how often what comes.

CTGAN's rows have places within modes before the choices, and are told one category each.
"""

from gan_keras.exporting.serving import serving_model
from gan_keras.pages.engine import graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/rows.js",)
BUTTONS = {"fresh": "New rows", "no-wishes": "No wishes", "save": "Save the rows (CSV)"}


def data(model, classes):
    """What the script reads of a generator of rows.

    Its weights keep 16 bits: a rounded one would choose another value.
    """
    network = graph.frozen(
        serving_model(model.served()["generator"], order=("latents", "labels", "condition"))
    )
    return {
        "chains": [[network.as_json()]],
        "prior": model.prior,
        "latentDim": model.latent_dim,
        "isTold": model.takes_condition,
        "classes": classes,
        **model.kind.in_page(),
    }


def body(data):
    """Rows, their columns, wishes and shares."""
    return [
        *controls.classes(data["classes"]),
        tag(
            "details",
            tag("summary", "Columns and wishes"),
            tag("div", id="columns"),
        ),
        tag("p", *controls.buttons(BUTTONS)),
        tag("div", tag("table", id="rows"), class_="wide", tabindex=0, aria_label="Rows"),
        tag("h2", "How often what comes"),
        tag("div", id="shares", class_="charts"),
        controls.link(),
    ]

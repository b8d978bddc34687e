"""The view of a generator of sequences: coloured symbols, and how often each stands where."""

from gan_keras.exporting.serving import serving_model
from gan_keras.pages.engine import graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/lines.js",)
BUTTONS = {
    "fresh": "New sequences",
    "save": "Save the sequences ({})",
    "save-picture": "Save the picture",
}


def data(model, classes):
    """What the script reads of a generator of sequences; see `rows.data`."""
    kind = model.kind
    network = graph.frozen(serving_model(model.served()["generator"]))
    return {
        "chains": [[network.as_json()]],
        "prior": model.prior,
        "latentDim": model.latent_dim,
        "classes": classes,
        "vocabulary": kind.vocabulary,
        "pad": kind.pad,
        "between": kind.between,
    }


def body(data):
    """Sequences, and shares of symbols."""
    form = "FASTA" if data["pad"] is None else "text"
    return [
        *controls.classes(data["classes"]),
        tag("p", *(controls.button(name, text.format(form)) for name, text in BUTTONS.items())),
        tag("div", id="lines", class_="wide", tabindex=0, role="list", aria_label="Sequences"),
        tag("h2", "How often each symbol stands where"),
        tag("div", tag("canvas", id="shares", role="img"), class_="wide"),
        tag("p", id="caption", class_="faint"),
        controls.link(),
    ]

"""The file: a title, a view, and the networks."""

from gan_keras import kinds
from gan_keras.files.marks import CHUNK
from gan_keras.models import translation
from gan_keras.pages.document import document
from gan_keras.pages.explorer import (
    curves,
    films,
    lines,
    pictures,
    rows,
    sounds,
    translator,
    vocoder,
)
from gan_keras.pages.markup import tag

SCRIPTS = ("engine/product.js", "engine/engine.js", "explorer/png.js", "explorer/common.js")
VIEWS = {
    "images": pictures,
    "mode_table": rows,
    "signals": curves,
    "spectrograms": sounds,
    "table": rows,
    "tokens": lines,
    "videos": films,
    "waves": sounds,
}
"""From the name of a kind to the module of its view: `data`, `body` and `SCRIPTS`."""


def text_of(model, title, class_names=None, mark=None):
    """The HTML of a model.

    Args:
        model: one of `gan_keras.models`.
        title: what to call it.
        class_names: list of texts, or None for numbers.
        mark: the `files.marks.Mark` of what the page saves; None (the default) for none.

    Raises:
        ValueError: no view is for such samples, or the page's engine lacks an operation.
    """
    view = view_of(model)
    classes = []  # of a model that is told none, whatever its data have
    if model.num_classes is not None:
        classes = class_names or list(map(str, range(model.num_classes)))
    data = view.data(model, classes)
    marks = mark and {CHUNK: mark.xmp(), "Description": mark.line()}
    made = mark and f" It was made by {mark.run}, step {mark.step}; what it saves says so."
    main = tag(
        "main",
        tag("h1", title),
        tag("p", "The network itself runs in this page. Nothing leaves it.", made or ""),
        *view.body(data),
        tag("p", "Unpacking the network.", id="status", role="status", class_="faint"),
        tag(
            "noscript", tag("p", "This page needs JavaScript, which your browser has switched off.")
        ),
    )
    return document(
        f"gan_keras: {title}",
        main,
        scripts=(*SCRIPTS, *view.SCRIPTS),
        styles=("explorer/explorer.css",),
        data={**data, "title": title, "mark": marks},
        compiles=True,
    )


def view_of(model):
    """The module of a model's view."""
    translates = isinstance(model, translation.TranslationModel)
    if translates and isinstance(model.kind, kinds.Images):
        return translator
    if translates and isinstance(model.kind, kinds.Waves):
        return vocoder
    if translates or model.kind.name not in VIEWS:
        raise ValueError(
            "A page shows images, rows of a table, sequences, series, sounds and clips, "
            "translators of images, and vocoders; this run "
            f"{'translates to' if translates else 'makes'} "
            f"{model.kind.name} of shape {tuple(model.kind.shape)}. Take gan-keras report RUN."
        )
    return VIEWS[model.kind.name]

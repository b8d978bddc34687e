"""The file: a title, a view, and the networks."""

from gan_keras import kinds
from gan_keras.files.marks import CHUNK
from gan_keras.models import translation
from gan_keras.pages.document import document
from gan_keras.pages.explorer import lines, rows, samples, translator
from gan_keras.pages.markup import tag

SCRIPTS = ("engine/product.js", "engine/engine.js", "explorer/png.js", "explorer/common.js")
VIEWS = {"images": samples, "table": rows, "mode_table": rows, "tokens": lines}
"""From the name of a kind to the module of its view: `data`, `body` and `SCRIPT`."""


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
        scripts=(*SCRIPTS, view.SCRIPT),
        styles=("explorer/explorer.css",),
        data={**data, "title": title, "mark": marks},
        compiles=True,
    )


def view_of(model):
    """The module of a model's view."""
    is_image = isinstance(model.kind, kinds.Images)
    if is_image and isinstance(model, translation.TranslationModel):
        return translator
    if model.kind.name not in VIEWS:
        raise ValueError(
            f"A page shows images, rows of a table and sequences; this run makes {model.kind.name} "
            f"of shape {tuple(model.kind.shape)}. Take gan-keras report RUN."
        )
    return VIEWS[model.kind.name]

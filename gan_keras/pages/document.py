"""One HTML file that holds all it needs and asks nobody for anything."""

import base64
import json
from importlib import resources

from gan_keras.pages.markup import Markup, tag

# The browser itself refuses every request, whatever the page might hold.
POLICY = (
    "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
    "base-uri 'none'; form-action 'none'"
)


def document(title, *body, scripts=(), styles=(), data=None, compiles=False):
    """The text of a file.

    Args:
        title: of the page.
        body: its parts: texts, which are escaped, and `Markup`.
        scripts, styles: names of further files beside this one, in their order.
        data: what a script reads of the element with the id `data`; anything that JSON can hold.
            Defaults to None.
        compiles: whether a script makes WebAssembly, which a browser allows by a word of its own.
            Defaults to False.
    """
    word = "script-src 'wasm-unsafe-eval'" if compiles else "script-src"
    policy = POLICY.replace("script-src", word)
    head = [
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=policy),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("title", title),
        *(tag("style", Markup(asset(name))) for name in ("page.css", *styles)),
    ]
    ends = []
    if data is not None:
        ends.append(tag("script", embedded(data), type="application/json", id="data"))
    ends += [tag("script", Markup(asset(name))) for name in scripts]
    page = tag("html", tag("head", *head), tag("body", *body, *ends), lang="en")
    return f"<!DOCTYPE html>\n{page}\n"


def asset(name):
    """The text of a style or script of ours."""
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def embedded(data):
    """JSON that no text in it can end the script element of."""
    found = json.dumps(data, allow_nan=False)  # ASCII: no sign that a browser might misread
    return Markup(found.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


def png_link(content):
    """The bytes of a PNG as an address that holds them."""
    return "data:image/png;base64," + base64.b64encode(content).decode("ascii")

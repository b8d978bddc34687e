"""HTML as text, in which nothing that came from outside is markup."""

import html

VOID = frozenset(("br", "img", "input", "link", "meta", "hr", "wbr"))


class Markup(str):
    """Text that is HTML already."""

    __slots__ = ()


def text(value):
    """What a page shows of anything: escaped, unless it is `Markup`."""
    if isinstance(value, Markup):
        return value
    # A path may hold bytes that are no text, and signs that no HTML may hold.
    clean = str(value).encode("utf-8", "replace").decode()
    return Markup(html.escape("".join(s if s >= " " or s in "\t\n" else "?" for s in clean)))


def join(parts, between=""):
    """Parts one after the other."""
    return Markup(between.join(map(text, parts)))


def tag(name, /, *content, **attributes):
    """One element.

    Args:
        name: of the element.
        content: texts, which are escaped, and `Markup`.
        attributes: by name; underscores become hyphens, one at the end is dropped (`class_`). True
            is an attribute without a value; None and False are left out.
    """
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{text(value)}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if name in VOID:
        return Markup(f"<{name}{given}>")
    return Markup(f"<{name}{given}>{join(content)}</{name}>")

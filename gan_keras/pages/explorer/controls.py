"""What a reader moves, as HTML."""

from gan_keras.pages.markup import tag


def choice(names, id_, text, first=None):
    """A labelled box.

    Args:
        names: what can be chosen, numbered from 0.
        id_: of the element.
        text: its label.
        first: what stands before them, with the number -1. Defaults to None, nothing.
    """
    options = [] if first is None else [tag("option", first, value="-1")]
    options += [tag("option", name, value=str(number)) for number, name in enumerate(names)]
    return tag("p", tag("label", f"{text} ", tag("select", *options, id=id_)))


def classes(names):
    """A box with the classes; nothing where there are none."""
    return [choice(names, "class", "Class", first="each in turn")] if names else []


def slider(name, text, low, high, value):
    """A labelled slider of whole numbers."""
    given = {"min": low, "max": high, "value": value}
    return tag(
        "label", tag("span", text), tag("input", type="range", id=name, **given), class_="slider"
    )


def button(name, text):
    """A button."""
    return tag("button", text, type="button", id=name)


def buttons(texts):
    """Several of them: dict from name to text."""
    return [button(name, text) for name, text in texts.items()]


def link():
    """What restores the view."""
    return tag("p", "The address of this page restores the view: ", tag("a", "link", id="link"))

"""The view of a generator of clips: they play, and lie in strips."""

from gan_keras.pages.explorer import controls, samples
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/films.js", samples.SCRIPT)


def data(model, classes):
    """What the scripts read of a generator of clips."""
    kind = model.kind
    found = samples.data(model, classes)
    return {**found, "rate": kind.rate, "strip": kind.in_a_strip(), "frames": kind.shape[0]}


def body(data):
    """See `samples.body`."""
    return samples.body(
        data,
        figure=[
            controls.slider("frame", "Frame", 1, data["frames"], 1),
            controls.button("play", "Play"),
        ],
        below=[
            tag(
                "div",
                tag("canvas", id="strip", class_="pixels", role="img", aria_label="Its frames"),
                class_="wide",
                tabindex=0,
            )
        ],
        saves_all={"save-all": "Save the samples (strips)"},
        saves={"save": "Save this clip (strip)"},
    )

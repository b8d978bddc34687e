"""The view of a translator: a canvas to draw on, and what the network makes of it.

A model that learns both ways has both networks in its page, and a box that chooses the way. Where
it fills holes, a tool takes pixels out of the image.
"""

import numpy as np

from gan_keras.corruptions.mask import fill_of
from gan_keras.exporting.serving import serving_model
from gan_keras.models import translation
from gan_keras.pages.engine import fitting, graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.explorer.pictures import check_images
from gan_keras.pages.explorer.samples import NUM_PROBES
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/translator.js",)
SIDE = 64  # pixels of what is drawn, where the network takes any size
WAYS = ("there: from inputs to samples", "back: from samples to inputs")


def data(model, classes):
    """What the script reads of a translator."""
    chains, tried = [], []
    for network, input_kind, kind in model.directions().values():
        check_images(kind, "makes")
        if not model.takes_pictures:
            check_images(input_kind, "is given")
            raise ValueError(
                "A page gives a translator one image; this one wants a mask or latents as well. "
                "Take gan-keras translate RUN IMAGES."
            )
        served = serving_model(network, order=translation.ORDER)
        (given,) = served.inputs
        shape = tuple(side or SIDE for side in given.shape[1:])
        chains.append([graph.frozen(served, {given.name: shape})])
        tried.append(probes(given.name, shape))
    return {"chains": fitting.fitted(chains, tried), "fill": fill_of(model.corruption)}


def probes(name, shape):
    """Black and white blocks, large and small: what people draw is nearer to them than noise is."""
    random, (height, width, channels) = np.random.default_rng(0), shape
    found = []
    for number in range(NUM_PROBES):
        block = 2 ** (number % 5)
        sides = -(-height // block), -(-width // block)
        small = np.where(random.random((1, *sides, channels)) < 0.3, -1.0, 1.0)
        large = small.repeat(block, 1).repeat(block, 2)[:, :height, :width]
        found.append({name: large.astype("float32")})
    return found


def body(data):
    """A canvas, its tools, and what becomes of it."""
    both, fills = len(data["chains"]) > 1, data["fill"] is not None
    tools = {"take-out": "Take out", "put-back": "Put back"} if fills else {}
    tools |= {"brush": "Brush", "eraser": "Eraser"}
    first = next(iter(tools))
    return [
        *([controls.choice(WAYS, "way", "Way")] if both else []),
        tag(
            "p",
            tag("label", "An image: ", tag("input", type="file", id="file", accept="image/*")),
            " or drop one on the canvas, or draw. By keyboard: arrows move the pen, Space draws.",
            " What is taken out is filled in by the network." if fills else "",
        ),
        tag(
            "p",
            *[
                tag(
                    "label",
                    tag("input", type="radio", name="tool", id=tool, checked=tool == first),
                    f"{text} ",
                )
                for tool, text in tools.items()
            ],
            tag("label", "Colour ", tag("input", type="color", id="colour", value="#000000")),
            " ",
            controls.button("clear", "Clear"),
            controls.button("save", "Save the translation"),
        ),
        controls.slider("width", "Width of the pen", 1, 12, 2),
        tag(
            "div",
            tag(
                "figure",
                tag(
                    *("canvas", "Your browser has no canvas."),
                    **{"id": "drawing", "class_": "pixels", "tabindex": 0, "role": "application"},
                    aria_label="Drawing; arrows move the pen, Space draws",
                ),
                tag("figcaption", "Input"),
            ),
            tag(
                "figure",
                tag("canvas", id="view", class_="pixels", role="img", aria_label="Translation"),
                tag("figcaption", "Translation", id="caption"),
            ),
            class_="side-by-side",
        ),
    ]

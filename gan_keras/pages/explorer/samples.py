"""What views of generators of latents share: samples that sliders move, and walks between them.

Directions are those that change samples most (SeFa; see `latent_tools.directions`). A view says how
a person looks at its kind: see samples.js.
"""

import numpy as np

from gan_keras import latent_tools
from gan_keras.exporting.serving import serving_model
from gan_keras.layers.styles import has_styles, styles_and_synthesis
from gan_keras.pages.engine import fitting, graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.markup import tag

SCRIPT = "explorer/samples.js"  # the last of a view's: it begins the page
NUM_DIRECTIONS = 6
NUM_PROBES = 8  # samples on which rounding of weights is tried
BUTTONS = {"fresh": "New samples", "walk": "Random walk", "reset": "Back to the middle"}


def data(model, classes):
    """What samples.js reads of a generator of latents."""
    generator = model.served()["generator"]
    if model.takes_condition:
        raise ValueError("A page has no place for conditions. Take gan-keras sample RUN.")
    styled = has_styles(generator)
    parts = styles_and_synthesis(generator) if styled else [generator]
    chain = [graph.frozen(serving_model(part)) for part in parts]
    average = generator.get_layer("truncate").average.numpy().tolist() if styled else None
    return {
        "styled": styled,
        "chains": fitting.fitted([chain], [probes(model)]),
        "prior": model.prior,
        "latentDim": model.latent_dim,
        "directions": directions_of(generator, model.latent_dim).round(5).tolist(),
        "average": average,
        "classes": classes,
    }


def probes(model):
    """Inputs on which rounding of weights is tried: dicts of a batch of one."""
    latents = model.latents(NUM_PROBES, seed=0)
    classes = model.num_classes or 1
    return [
        {"latents": latents[i : i + 1], "labels": np.array([i % classes], "int32")}
        for i in range(NUM_PROBES)
    ]


def directions_of(generator, latent_dim):
    """SeFa's, or the first latents where the generator does not begin with a dense layer."""
    try:
        length = len(latent_tools.sefa.first_kernel(generator))
    except ValueError:
        return np.eye(latent_dim, dtype="float32")[:NUM_DIRECTIONS]
    return latent_tools.directions(generator, num=min(NUM_DIRECTIONS, length))


def body(data, *, figure=(), below=(), saves_all, saves):
    """Samples, and what moves them.

    Args:
        data: what `data` gave.
        figure: HTML under the large view of the chosen sample. Defaults to ().
        below: HTML under all. Defaults to ().
        saves_all: dict from the id of a button that saves all samples to its text.
        saves: the same of the chosen sample.
    """
    moved = [
        tag("div", id="sliders"),
        *controls.classes(data["classes"]),
        controls.slider("truncation", "Truncation", 1, 100, 100),
        controls.slider("mix", "From the first chosen sample to the second", 0, 100, 0),
    ]
    return [
        tag("div", id="grid", role="group", aria_label="Samples; choose one or two"),
        tag("p", *controls.buttons(BUTTONS | saves_all)),
        tag(
            "div",
            tag("div", *moved, id="controls"),
            tag(
                "figure",
                tag("canvas", id="view", class_="pixels", role="img", aria_label="Chosen sample"),
                tag("figcaption", id="caption"),
                *figure,
                *controls.buttons(saves),
            ),
            class_="side-by-side",
        ),
        *below,
        controls.link(),
    ]

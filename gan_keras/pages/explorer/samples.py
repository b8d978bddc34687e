"""The view of a generator of images, which sliders move along latents.

Its directions are those that change samples most (SeFa; see `latent_tools.directions`).
"""

import numpy as np

from gan_keras import latent_tools
from gan_keras.exporting.serving import serving_model
from gan_keras.layers.styles import has_styles, styles_and_synthesis
from gan_keras.pages.engine import fitting, graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.markup import tag

SCRIPT = "explorer/samples.js"
NUM_DIRECTIONS = 6
NUM_PROBES = 8  # samples on which rounding of weights is tried
BUTTONS = {
    "fresh": "New samples",
    "walk": "Random walk",
    "reset": "Back to the middle",
    "save-grid": "Save the samples",
}


def data(model, classes):
    """What the script reads of a generator of latents."""
    generator = model.served()["generator"]
    check_images(model.kind, "makes")
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


def check_images(kind, does):
    """Raises ValueError unless a kind is of grey or coloured images."""
    if kind.name != "images" or kind.shape[-1] not in (1, 3, 4):
        what = f"{kind.name} of shape {tuple(kind.shape)}"
        raise ValueError(
            f"A page shows and takes grey or coloured images; this run {does} {what}. "
            "Take gan-keras sample RUN, translate RUN or report RUN."
        )


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


def body(data):
    """Samples, and what moves them."""
    moved = [
        tag("div", id="sliders"),
        *controls.classes(data["classes"]),
        controls.slider("truncation", "Truncation", 1, 100, 100),
        controls.slider("mix", "From the first chosen sample to the second", 0, 100, 0),
    ]
    return [
        tag("div", id="grid", role="group", aria_label="Samples; choose one or two"),
        tag("p", *(controls.button(name, text) for name, text in BUTTONS.items())),
        tag(
            "div",
            tag("div", *moved, id="controls"),
            tag(
                "figure",
                tag("canvas", id="view", class_="pixels", role="img", aria_label="Chosen sample"),
                tag("figcaption", id="caption"),
                controls.button("save", "Save this picture"),
            ),
            class_="side-by-side",
        ),
        controls.link(),
    ]

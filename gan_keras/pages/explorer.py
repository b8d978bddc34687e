"""A trained generator to play with: one HTML file in which it runs, without a server.

Sliders move latents along the directions that change samples most (SeFa; see
`latent_tools.directions`); a translator gets a canvas to draw on.
"""

import numpy as np

from gan_keras import kinds, latent_tools
from gan_keras.exporting.serving import serving_model
from gan_keras.layers.styles import has_styles, styles_and_synthesis
from gan_keras.models import translation
from gan_keras.pages.document import document
from gan_keras.pages.engine import fitting, graph
from gan_keras.pages.markup import tag

SCRIPTS = ("engine/product.js", "engine/engine.js", "explorer.js")
NUM_DIRECTIONS = 6
NUM_PROBES = 8  # samples on which rounding of weights is tried
SIDE = 64  # pixels of what is drawn, where the network takes any size
WHOLE, HALVED = "latents", "styles"


def text_of(model, title, class_names=None):
    """The HTML of a model.

    Args:
        model: one of `gan_keras.models`, whose samples are images.
        title: what to call it.
        class_names: list of texts, or None for numbers.
    """
    check_images(model.kind, "makes")
    generator = model.served()["generator"]
    if isinstance(model, translation.TranslationModel):
        data, body = translator(model, generator), translator_body()
    else:
        classes = []  # of a model that is told none, whatever its data have
        if model.num_classes is not None:
            classes = class_names or list(map(str, range(model.num_classes)))
        data, body = latents(model, generator, classes), latents_body(classes)
    main = tag(
        "main",
        tag("h1", title),
        tag("p", "The network itself runs in this page. Nothing leaves it."),
        *body,
        tag("p", "Unpacking the network.", id="status", role="status", class_="faint"),
        tag(
            "noscript", tag("p", "This page needs JavaScript, which your browser has switched off.")
        ),
    )
    return document(
        f"gan_keras: {title}",
        main,
        scripts=SCRIPTS,
        styles=("explorer.css",),
        data={**data, "title": title},
        compiles=True,
    )


def check_images(kind, does):
    """Raises ValueError unless a kind is of grey or coloured images."""
    if not isinstance(kind, kinds.Images) or kind.shape[-1] not in (1, 3, 4):
        what = f"{kind.name} of shape {tuple(kind.shape)}"
        raise ValueError(
            f"A page shows and takes grey or coloured images; this run {does} {what}. "
            "Take gan-keras sample RUN, translate RUN or report RUN."
        )


def latents(model, generator, classes):
    """What the script reads of a generator of latents."""
    if model.takes_condition:
        raise ValueError("A page has no place for conditions. Take gan-keras sample RUN.")
    styled = has_styles(generator)
    parts = styles_and_synthesis(generator) if styled else [generator]
    chain = [graph.frozen(serving_model(part)) for part in parts]
    average = generator.get_layer("truncate").average.numpy().tolist() if styled else None
    return {
        "mode": HALVED if styled else WHOLE,
        "chains": fitting.fitted([chain], [latent_probes(model)]),
        "prior": model.prior,
        "latentDim": model.latent_dim,
        "directions": directions_of(generator, model.latent_dim).round(5).tolist(),
        "average": average,
        "classes": classes,
        "conditional": model.num_classes is not None,
    }


def latent_probes(model):
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


def translator(model, generator):
    """What the script reads of a translator."""
    check_images(model.input_kind, "is given")
    if len(generator.inputs) > 1 or model.input_kind.shape[-1] == 4:
        raise ValueError(
            "A page gives a translator one image; this one wants a mask or latents as well. "
            "Take gan-keras translate RUN IMAGES."
        )
    served = serving_model(generator, order=translation.ORDER)
    (given,) = served.inputs
    shape = tuple(side or SIDE for side in given.shape[1:])
    chain = [graph.frozen(served, {given.name: shape})]
    return {
        "mode": "translator",
        "chains": fitting.fitted([chain], [drawn_probes(given.name, shape)]),
    }


def drawn_probes(name, shape):
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


def latents_body(classes):
    """Samples, and what moves them."""
    controls = [
        tag("div", id="sliders"),
        *([choice(classes)] if classes else []),
        slider("truncation", "Truncation", 1, 100, 100),
        slider("mix", "From the first chosen sample to the second", 0, 100, 0),
    ]
    return [
        tag("div", id="grid", role="group", aria_label="Samples; choose one or two"),
        tag(
            "p",
            *(
                button(name, text)
                for name, text in (
                    ("fresh", "New samples"),
                    ("walk", "Random walk"),
                    ("reset", "Back to the middle"),
                    ("save-grid", "Save the samples"),
                )
            ),
        ),
        tag(
            "div",
            tag("div", *controls, id="controls"),
            tag(
                "figure",
                tag("canvas", id="view", class_="pixels", role="img", aria_label="Chosen sample"),
                tag("figcaption", id="caption"),
                button("save", "Save this picture"),
            ),
            class_="side-by-side",
        ),
        tag("p", "The address of this page restores the view: ", tag("a", "link", id="link")),
    ]


def choice(names):
    """A box with the classes."""
    options = [tag("option", "each in turn", value="-1")]
    options += [tag("option", name, value=str(number)) for number, name in enumerate(names)]
    return tag("p", tag("label", "Class ", tag("select", *options, id="class")))


def slider(name, text, low, high, value):
    """A labelled slider of whole numbers."""
    given = {"min": low, "max": high, "value": value}
    return tag(
        "label", tag("span", text), tag("input", type="range", id=name, **given), class_="slider"
    )


def button(name, text):
    """A button."""
    return tag("button", text, type="button", id=name)


def translator_body():
    """A canvas to draw on, and what becomes of it."""
    return [
        tag(
            "p",
            tag("label", "An image: ", tag("input", type="file", id="file", accept="image/*")),
            " or drop one on the canvas, or draw. By keyboard: arrows move the pen, Space draws.",
        ),
        tag(
            "p",
            tag(
                "label", tag("input", type="radio", name="tool", id="brush", checked=True), "Brush "
            ),
            tag("label", tag("input", type="radio", name="tool", id="eraser"), "Eraser "),
            tag("label", "Colour ", tag("input", type="color", id="colour", value="#000000")),
            button("clear", "Clear"),
            button("save", "Save the translation"),
        ),
        slider("width", "Width of the pen", 1, 12, 2),
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

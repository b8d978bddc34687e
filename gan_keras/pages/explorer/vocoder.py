"""The view of a vocoder: a sound, and what the network makes of its mel spectrogram."""

import numpy as np

from gan_keras import kinds
from gan_keras.audio import mel
from gan_keras.exporting.serving import serving_model
from gan_keras.kinds.mels import LOUDEST
from gan_keras.models import translation
from gan_keras.pages.engine import fitting, graph
from gan_keras.pages.explorer import controls
from gan_keras.pages.explorer.samples import NUM_PROBES
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/audio.js", "explorer/player.js", "explorer/vocoder.js")
FRAMES = 64  # that the network is given at a time, at least
MIDDLE = 64  # of a spectrogram on which its reach is measured


def data(model, classes):
    """What the script reads of a vocoder."""
    (network, given, kind), *others = model.directions().values()
    if others or not isinstance(given, kinds.Mels) or len(network.inputs) != 1:
        raise ValueError(
            "Of translators that make sounds a page shows vocoders, which are given a mel "
            f"spectrogram and nothing else; this one is given {given.name}. Take gan-keras "
            "translate RUN CLIPS."
        )
    served = serving_model(network, order=translation.ORDER)
    (tensor,) = served.inputs
    reach = reach_of(served, given.num_bins)
    shape = (tensor.shape[1] or max(FRAMES, 4 * reach), given.num_bins)
    return {
        "chains": fitting.fitted(
            [[graph.frozen(served, {tensor.name: shape})]], [probes(tensor.name, shape)]
        ),
        "reach": reach,
        "sound": kind.in_page(),
        "mel": {
            **{"size": given.size, "hop": given.hop, "filters": filters(given)},
            **{"quietest": mel.QUIETEST, "tiny": mel.TINY, "loudest": LOUDEST},
        },
    }


def reach_of(network, num_bins):
    """How many frames away what a moment of a wave depends on lies, at most.

    Measured: one frame of a spectrogram is changed, and one looks which moments change.
    """
    frames = 2 * MIDDLE + 1
    before = np.random.default_rng(0).normal(size=(1, frames, num_bins)).astype("float32")
    after = before.copy()
    after[:, MIDDLE] += 1.0
    waves = [np.asarray(network(one, training=False))[0, :, 0] for one in (before, after)]
    changed = np.flatnonzero(waves[0] != waves[1]) * frames // len(waves[0])
    return int(np.abs(changed - MIDDLE).max(initial=0))


def filters(scale):
    """Of each band the first frequency and the weights from there on."""
    found = []
    for weights in scale.filters().T:
        places = np.flatnonzero(weights)
        inside = weights[places[0] : places[-1] + 1]
        found.append([int(places[0]), [float(f"{weight:.6g}") for weight in inside]])
    return found


def probes(name, shape):
    """Hills and valleys of loudness, between silence and loud."""
    random, low = np.random.default_rng(0), np.log(mel.QUIETEST)
    found = []
    for _ in range(NUM_PROBES):
        noise = random.normal(size=shape)
        ends = random.uniform(low, LOUDEST, (2, 1))
        hills = np.linspace(*ends[:, 0], shape[0])[:, None] + noise
        found.append({name: np.maximum(hills, low)[None].astype("float32")})
    return found


def body(data):
    """Two sounds side by side, as one sees and hears them."""
    return [
        tag(
            "p",
            tag("label", "A sound: ", tag("input", type="file", id="file", accept="audio/*")),
            " or drop one on this page. Until then there is a made-up one.",
        ),
        tag(
            "div",
            *[
                tag(
                    "figure",
                    tag("canvas", id=f"{name}-mel", class_="mel", role="img", aria_label=label),
                    tag("canvas", id=f"{name}-wave", class_="wave", role="img"),
                    controls.button(f"play-{name}", f"Play {name}"),
                    tag("figcaption", caption),
                )
                for name, label, caption in (
                    ("given", "Mel spectrogram of what was given", "Given"),
                    ("made", "Mel spectrogram of what was made", "Made of its mel spectrogram"),
                )
            ],
            class_="side-by-side",
        ),
        tag("p", controls.button("save", "Save what was made (WAV)")),
        tag("p", id="caption", class_="faint", role="status"),
    ]

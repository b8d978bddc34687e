"""The view of a generator of sounds, be they spectrograms or waves: one sees and hears them."""

from gan_keras.pages.explorer import controls, samples
from gan_keras.pages.markup import tag

SCRIPTS = ("explorer/audio.js", "explorer/player.js", "explorer/sounds.js", samples.SCRIPT)


def data(model, classes):
    """What the scripts read of a generator of sounds."""
    return {**samples.data(model, classes), "sound": model.kind.in_page()}


def body(data):
    """See `samples.body`."""
    return samples.body(
        data,
        figure=[
            tag("canvas", id="wave", role="img", aria_label="Wave of the chosen sound"),
            controls.button("play", "Play"),
        ],
        saves_all={"save-all": "Save the samples (WAV)"},
        saves={"save": "Save this sound (WAV)", "save-picture": "Save this picture"},
    )

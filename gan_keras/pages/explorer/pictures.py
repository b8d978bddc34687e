"""The view of a generator of images."""

from gan_keras.pages.explorer import samples

SCRIPTS = ("explorer/pictures.js", samples.SCRIPT)


def data(model, classes):
    """What the scripts read of a generator of images."""
    check_images(model.kind, "makes")
    return samples.data(model, classes)


def check_images(kind, does):
    """Raises ValueError unless a kind is of grey or coloured images."""
    if kind.name != "images" or kind.shape[-1] not in (1, 3, 4):
        what = f"{kind.name} of shape {tuple(kind.shape)}"
        raise ValueError(
            f"A page shows and takes grey or coloured images; this run {does} {what}. "
            "Take gan-keras sample RUN, translate RUN or report RUN."
        )


def body(data):
    """See `samples.body`."""
    return samples.body(
        data,
        saves_all={"save-all": "Save the samples"},
        saves={"save": "Save this picture"},
    )

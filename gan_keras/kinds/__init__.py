"""What one entry of a batch is. Nothing else in the package asks for a rank to find out."""

import numpy as np

from gan_keras.kinds.images import Images
from gan_keras.kinds.kind import Kind
from gan_keras.kinds.label_maps import LabelMaps
from gan_keras.kinds.labels import Labels
from gan_keras.kinds.mels import Mels
from gan_keras.kinds.mode_table import ModeTable
from gan_keras.kinds.signals import Signals
from gan_keras.kinds.spectrograms import Spectrograms
from gan_keras.kinds.table import Table
from gan_keras.kinds.tabular import Tabular
from gan_keras.kinds.tokens import Tokens
from gan_keras.kinds.vectors import Vectors
from gan_keras.kinds.videos import Videos
from gan_keras.kinds.waves import Waves

__all__ = [
    "NAMES",
    "Images",
    "Kind",
    "LabelMaps",
    "Labels",
    "Mels",
    "ModeTable",
    "Signals",
    "Spectrograms",
    "Table",
    "Tabular",
    "Tokens",
    "Vectors",
    "Videos",
    "Waves",
    "are_images",
    "described",
    "of",
    "of_shape",
]

NAMES = {
    kind.name: kind
    for kind in (
        Images,
        LabelMaps,
        Labels,
        Mels,
        ModeTable,
        Signals,
        Spectrograms,
        Table,
        Tokens,
        Vectors,
        Videos,
        Waves,
    )
}


def of(array, what="samples"):
    """The kind of an array that can be of one kind alone.

    Args:
        array: (n, h, w, c), or (n, h, w) of uint8: images; (n, d): vectors.
        what: what an error calls it.

    Raises:
        ValueError: an array of another form, which must say its kind.
    """
    array = array if hasattr(array, "shape") else np.asarray(array)
    shape, known = tuple(array.shape), "images are (n, h, w, c) and vectors (n, d)"
    if 0 in shape:
        raise ValueError(
            f"'{what}': samples have shape {shape}, but {known}, none of them empty. Reshape them."
        )
    if len(shape) == 3 and array.dtype == np.uint8:
        return Images(shape=(*shape[1:], 1))
    if len(shape) not in (2, 4):
        raise ValueError(
            f"'{what}': samples have shape {shape} and are {array.dtype}, which says no kind: "
            f"{known}. Add the axis of channels to grey images (images[..., None]), reshape what "
            "is something else, or say its `kind`."
        )
    return of_shape(shape[1:])


def of_shape(shape):
    """The kind of what a network gives or takes, by the shape of one entry.

    Raises:
        ValueError: neither (d,) nor (h, w, c): the kind must be said.
    """
    if len(shape) == 1:
        return Vectors(shape=shape)
    if len(shape) == 3:
        return Images(shape=shape)
    raise ValueError(
        f"Samples of shape {tuple(shape)} may be of several kinds. Say which: `kind`, one of "
        f"gan_keras.kinds: {', '.join(sorted(NAMES))}."
    )


def described(data):
    """The class of the kind of a run's samples, as the "data" of its config.json says it.

    Runs of 0.1.0 say their shape alone. What says neither is `Kind` itself.

    Args:
        data: dict with "kind", the name of one, or with "sample_shape".
    """
    shape = data.get("sample_shape") or ()
    unnamed = type(of_shape(shape)) if len(shape) in (1, 3) else Kind
    return NAMES.get(data.get("kind"), unnamed)


def are_images(shape):
    """Whether samples of this shape are images, where all that is known is their shape."""
    return len(shape) == 3

"""Emoji in three ways, bundled: line drawings, flat colours and 3-D renders of the same symbols."""

import io
import pathlib

import numpy as np
from PIL import Image

from gan_keras import kinds
from gan_keras.data.pairs import Pairs
from gan_keras.data.source import Source
from gan_keras.spelling import nearest

PATH = pathlib.Path(__file__).with_name("fluent_emoji.npz")
SIDE = 64
COLUMNS = 40  # pictures in a row of the packed sheets

INPUTS = {"line": 1, "flat": 3}  # channels
TARGETS = {"render": 3, "flat": 3}
HALVES, HELD_OUT = (0, 1), 2  # the parts of the symbols
COLOURS = (  # of label maps: white, black, greys, and the hues of the drawings
    *((255, 255, 255), (0, 0, 0), (90, 90, 100), (180, 180, 190)),
    *((250, 200, 40), (250, 140, 30), (220, 40, 50), (240, 110, 170)),
    *((130, 80, 190), (40, 110, 220), (80, 190, 90), (130, 80, 60)),
)


def fluent_emoji(*, split="train", input="line", target="render", pairing="paired"):
    """Emoji 64x64 on white: 1,413 symbols for training, 157 held out, as `Pairs`.

    Microsoft, Fluent Emoji, https://github.com/microsoft/fluentui-emoji. MIT licence, beside the
    file. The three pictures of a symbol lie on each other. Symbols that are alike (clocks, flags,
    hands, a man and a woman at the same work) are all in one split.

    Unpaired, the inputs are those of one half of the training symbols and the samples those of the
    other, so that no picture has its partner. What a translation made of them is scored on the
    test split, which is always of pairs.

    Args:
        split: "train" or "test".
        input: "line" (1 channel) or "flat" (3), what the generator is given.
        target: "render" or "flat" (3 channels), what it is to make.
        pairing: "paired" or "unpaired".

    Raises:
        ValueError: an argument is none of these, or input and target are the same.

    Example:

        pairs = fluent_emoji(input="flat")  # pairs.input, pairs.samples
    """
    _one_of("split", split, ("train", "test"))
    _one_of("input", input, INPUTS)
    _one_of("target", target, TARGETS)
    _one_of("pairing", pairing, ("paired", "unpaired"))
    if input == target:
        raise ValueError(
            f"`input` and `target` are both '{input}'. Give a target of another kind: 'render'."
        )
    with np.load(PATH) as archive:
        parts = archive["parts"]
        names = np.array(archive["names"].tobytes().decode().split("\n"))
        given = unpacked(archive[input], len(parts))[..., : INPUTS[input]]
        wanted = unpacked(archive[target], len(parts))
    paired = pairing == "paired" or split == "test"
    if split == "test":
        inputs = samples = parts == HELD_OUT
    elif paired:
        inputs = samples = parts != HELD_OUT
    else:
        inputs, samples = (parts == half for half in HALVES)
    return Pairs(
        name=f"fluent_emoji, {input} to {target}",
        samples=wanted[samples],
        input=given[inputs],
        paired=paired,
        names=names[samples].tolist(),
    )


def renders(*, split="train"):
    """The renders alone, a `Source`: what colours, details or holes are to be found of.

    Raises:
        ValueError: `split` is neither "train" nor "test".
    """
    pairs = fluent_emoji(split=split)
    return Source(name="fluent_emoji_renders", samples=pairs.samples)


def labels(*, split="train"):
    """Renders, and for each a map of the colours of its flat drawing: a `Source` of label maps.

    A pixel's class is the nearest of the twelve `COLOURS`.

    Raises:
        ValueError: `split` is neither "train" nor "test".
    """
    pairs = fluent_emoji(split=split, input="flat")
    flat = pairs.input.astype("int32")
    nearest_yet, maps = None, np.zeros((*flat.shape[:3], 1), "int32")
    for number, colour in enumerate(COLOURS):
        far = np.square(flat - np.array(colour)).sum(-1, keepdims=True)
        nearer = far < nearest_yet if number else np.ones_like(far, bool)
        maps[nearer] = number
        nearest_yet = np.minimum(far, nearest_yet) if number else far
    return Source(
        name="fluent_emoji_labels",
        samples=pairs.samples,
        entries={"input": maps},
        entry_kinds={"input": kinds.LabelMaps(shape=maps.shape[1:], num_classes=len(COLOURS))},
    )


def unpacked(content, num):
    """The first `num` pictures of a packed sheet, uint8 (num, 64, 64, 3)."""
    with Image.open(io.BytesIO(content.tobytes())) as sheet:
        pixels = np.asarray(sheet.convert("RGB"))
    rows = len(pixels) // SIDE
    pixels = pixels.reshape(rows, SIDE, COLUMNS, SIDE, 3).swapaxes(1, 2)
    return pixels.reshape(rows * COLUMNS, SIDE, SIDE, 3)[:num]


def _one_of(argument, value, known):
    if value not in known:
        raise ValueError(
            f"`{argument}` (={value!r}) must be one of {', '.join(map(repr, known))}."
            f"{nearest(str(value), known)}"
        )

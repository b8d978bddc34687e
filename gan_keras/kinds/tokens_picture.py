"""How a person looks at sequences: coloured lines, and logos, generated beside real.

A logo stacks the symbols of each place, tall by their share of what the place says: log2 of the
vocabulary's size less the entropy, in bits (Schneider and Stephens, 1990, Nucleic Acids Research
18, 6097).
"""

import colorsys

import numpy as np
from PIL import Image, ImageDraw, ImageFont

MOST_LINES = 24  # of each side
LINE, LETTER = 14, 9  # pixels of a letter: height and width
LOGO = 96  # pixels of its height
TITLE = 18
GAP = 12
KNOWN = {"A": (24, 140, 60), "C": (40, 90, 200), "G": (225, 140, 0), "T": (205, 40, 40)}
FEWEST_BITS = 0.02  # below which a letter is not drawn


def tokens_picture(kind, fake, *, columns=None, real=None, names=None):
    """A picture of sequences.

    Args:
        kind: the `Tokens`.
        fake: int (n, length), generated sequences; with `columns`, a class after the other.
        columns: how many there are of each class; None for one class.
        real: int (m, length), real ones, drawn to the right, or None. As many as `fake`, they are
            taken to have the same classes in the same order.
        names: texts, of the classes, or None.

    Returns:
        uint8 array (h, w, 3).
    """
    sides = [("generated", fake)]
    if real is not None and len(real):
        sides.append(("real", np.asarray(real)))
    drawn = [_side(kind, what, rows, columns, names) for what, rows in sides]
    height = max(len(side) for side in drawn)
    white = [
        np.pad(side, ((0, height - len(side)), (0, GAP), (0, 0)), constant_values=255)
        for side in drawn
    ]
    return np.concatenate(white, axis=1)


def information(rows, num_symbols):
    """Bits of each symbol of each place, float64 (length, symbols): its share of what it says."""
    shares = (np.asarray(rows)[..., None] == np.arange(num_symbols)).mean(axis=0)
    logs = np.log2(shares, where=shares > 0, out=np.zeros_like(shares))
    return shares * (np.log2(num_symbols) + (shares * logs).sum(axis=1, keepdims=True))


def _side(kind, what, rows, columns, names):
    """One side: lines, and under them a logo for each class."""
    columns = columns if columns and len(rows) % columns == 0 else len(rows)
    classes = rows.reshape(-1, columns, rows.shape[1])
    each = max(1, MOST_LINES // len(classes))
    colours = _colours(kind.vocabulary)
    lines = [_line(kind, row, colours) for group in classes for row in group[:each]]
    found = [_title(what, kind.length * LETTER), *lines]
    for number, group in enumerate(classes):
        name = names[number] if names else f"class {number}"
        title = "logo" if len(classes) == 1 else f"logo, {name}"
        found += [_title(title, kind.length * LETTER), _logo(kind, group, colours)]
    return np.concatenate(found)


def _line(kind, row, colours):
    """A sequence, a letter a symbol in its colour; what fills it up is blank."""
    line = np.full((LINE, kind.length * LETTER, 3), 255, "uint8")
    for place, number in enumerate(row):
        symbol = kind.vocabulary[number]
        if symbol != kind.pad and not symbol.isspace():
            part = line[1:-1, place * LETTER + 1 : (place + 1) * LETTER]
            part[:] = _letter(symbol, part.shape[1], part.shape[0], colours[number])
    return line


def _logo(kind, rows, colours):
    bits = information(rows, len(kind.vocabulary))
    logo = np.full((LOGO, kind.length * LETTER, 3), 255, "uint8")
    tallest = LOGO / max(np.log2(len(kind.vocabulary)), 1e-9)  # pixels a bit
    for place, heights in enumerate(bits):
        bottom = 0.0
        for number in np.argsort(heights, kind="stable"):
            top = bottom + heights[number] * tallest
            low, high = LOGO - round(bottom), LOGO - round(top)
            bottom = top
            if heights[number] > FEWEST_BITS and low > high:
                part = logo[high:low, place * LETTER + 1 : (place + 1) * LETTER]
                symbol = kind.vocabulary[number]
                part[:] = _letter(symbol, part.shape[1], low - high, colours[number])
    return logo


_GLYPHS: dict = {}


def _letter(symbol, width, height, colour):
    """The first letter of a symbol as large as asked for: uint8 (height, width, 3)."""
    glyph = _GLYPHS.get(symbol)
    if glyph is None:
        font = ImageFont.load_default(64)
        box = font.getbbox(symbol[0])
        size = (max(1, round(box[2] - box[0])), max(1, round(box[3] - box[1])))
        glyph = Image.new("L", size)
        ImageDraw.Draw(glyph).text((-box[0], -box[1]), symbol[0], fill=255, font=font)
        _GLYPHS[symbol] = glyph
    ink = np.asarray(glyph.resize((width, height), Image.BOX))[..., None] / 255.0
    return np.round(255 + ink * (np.array(colour) - 255.0)).astype("uint8")


def _title(text, width):
    picture = Image.new("RGB", (width, TITLE), "white")
    ImageDraw.Draw(picture).text((2, 3), text, fill=(90, 90, 90), font=ImageFont.load_default())
    return np.asarray(picture)


def _colours(vocabulary):
    """A colour for each symbol: the usual ones of nucleotides, else hues in order."""
    if set(vocabulary) <= set(KNOWN):
        return [KNOWN[symbol] for symbol in vocabulary]
    hues = np.arange(len(vocabulary)) / len(vocabulary)
    return [tuple(round(255 * c) for c in colorsys.hsv_to_rgb(h, 0.9, 0.7)) for h in hues]

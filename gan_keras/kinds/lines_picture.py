"""How a person looks at lines of text: they read them, generated beside real."""

import numpy as np
from PIL import Image, ImageDraw, ImageFont

MOST_LINES = 24  # of each side
SIZE, LINE = 13, 18  # pixels: of the letters, and from line to line
MARGIN = 8
WIDTHS = (140, 560)  # of a side: at least, for its title, and at most
INK, FAINT = (20, 20, 20), (120, 120, 120)


def lines_picture(kind, fake, *, columns=None, real=None, names=None):
    """A picture of lines of text.

    Args:
        kind: the `Tokens`.
        fake: int (n, length), generated lines; with `columns`, a class after the other.
        columns: how many there are of each class; None for one class.
        real: int (m, length), real ones, written to the right, or None. As many as `fake`, they are
            taken to have the same classes in the same order.
        names: texts, of the classes, or None.

    Returns:
        uint8 array (h, w, 3).
    """
    sides = [_side(kind, "generated", fake, columns, names)]
    if real is not None and len(real):
        sides.append(_side(kind, "real", np.asarray(real), columns, names))
    height = max(len(side) for side in sides)
    return np.concatenate([_drawn(side, _width(kind), height) for side in sides], axis=1)


def _width(kind):
    """Pixels of a side: the same for all pictures of a kind, so that they make a film."""
    font = ImageFont.load_default(SIZE)
    own = [symbol for symbol in kind.vocabulary if symbol != kind.pad]
    widest = max((font.getlength(symbol) for symbol in own), default=0)
    widest += font.getlength(kind.between)
    return round(min(max(kind.length * widest, WIDTHS[0]), WIDTHS[1])) + 2 * MARGIN


def _drawn(side, width, height):
    """Pairs (text, colour) in so many pixels and lines; what is longer is cut."""
    picture = Image.new("RGB", (width, height * LINE + 2 * MARGIN), "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.load_default(SIZE)
    for number, (text, ink) in enumerate(side):
        draw.text((MARGIN, MARGIN + number * LINE), text, fill=ink, font=font)
    return np.asarray(picture)


def _side(kind, what, rows, columns, names):
    """Pairs (text, colour), from above."""
    columns = columns if columns and len(rows) % columns == 0 else len(rows)
    classes = rows.reshape(-1, columns, rows.shape[1])
    each = max(1, MOST_LINES // len(classes))
    found = []
    for number, group in enumerate(classes):
        name = names[number] if names else f"class {number}"
        found.append((what if len(classes) == 1 else f"{what}, {name}", FAINT))
        found += [(text, INK) for text in kind.decode(group[:each])]
    return found

"""How a person looks at a table: marginals, and pairs of columns, generated beside real."""

import itertools

import numpy as np

MAX_COLUMNS = 12  # marginals drawn
MAX_PAIRS = 3
MAX_BARS = 40  # of a marginal; further blocks are left out
ACROSS = 4


def table_picture(kind, fake, real=None):
    """A picture of rows of a table.

    Args:
        kind: the `Table`.
        fake: int (n, columns), generated rows, drawn in colour.
        real: int (m, columns), real rows, drawn in grey beside them; or None.

    Returns:
        uint8 array (h, w, 3).
    """
    # Matplotlib takes a third of a second to import, and most commands draw nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    shown = list(range(min(MAX_COLUMNS, len(kind.columns))))
    pairs = related_pairs(kind, fake if real is None else real)[:MAX_PAIRS]
    num_rows = -(-len(shown) // ACROSS)
    pair_rows = len(pairs) if real is not None else -(-len(pairs) // 2)
    figure = Figure(figsize=(9.6, 1.7 * num_rows + 2.2 * pair_rows), dpi=100)
    canvas = FigureCanvasAgg(figure)
    grid = figure.add_gridspec(
        num_rows + pair_rows, ACROSS, height_ratios=[1.7] * num_rows + [2.2] * pair_rows
    )
    for place, index in enumerate(shown):
        axes = figure.add_subplot(grid[place // ACROSS, place % ACROSS])
        _marginal(axes, kind, index, fake, real)
    half = ACROSS // 2
    for place, pair in enumerate(pairs):
        sides = [("real", real), ("generated", fake)]
        for column, (what, rows) in enumerate(sides if real is not None else sides[1:]):
            line, start = (place, column) if real is not None else divmod(place, 2)
            axes = figure.add_subplot(grid[num_rows + line, half * start : half * (start + 1)])
            _pair(axes, kind, pair, rows, what)
    figure.tight_layout()
    canvas.draw()
    return np.array(canvas.buffer_rgba())[..., :3]


def order_of(column):
    """Places of a column's blocks from low to high, for numbers; as they are, for texts."""
    values, edges = column.values, getattr(column, "edges", [])
    if not edges and column.type in ("category", "boolean"):
        return np.arange(column.size)
    middles = [*values, *((low + high) / 2 for low, high in itertools.pairwise(edges))]
    order = np.argsort(middles, kind="stable")
    return np.concatenate([order, np.arange(len(order), column.size)]).astype(int)


def shares(codes, size):
    """Share of the rows in each block: float64 (size,)."""
    return np.bincount(codes, minlength=size) / max(1, len(codes))


def related_pairs(kind, rows):
    """Pairs of places of columns, those that tell most of each other first (Cramer's V)."""
    usable = [i for i, size in enumerate(kind.blocks) if 1 < size <= 128][:MAX_COLUMNS]
    strengths = {}
    for turn, one in enumerate(usable):
        for other in usable[turn + 1 :]:
            joint = _joint(rows, one, other, kind.blocks) / len(rows)
            expected = joint.sum(1, keepdims=True) * joint.sum(0, keepdims=True)
            chi = ((joint - expected) ** 2 / np.maximum(expected, 1e-12)).sum()
            least = max(1, min(kind.blocks[one], kind.blocks[other]) - 1)
            strengths[one, other] = chi / least
    return sorted(strengths, key=strengths.get, reverse=True)


def _marginal(axes, kind, index, fake, real):
    column = kind.columns[index]
    order = order_of(column)[:MAX_BARS]
    places = np.arange(len(order))
    if real is not None:
        axes.bar(places - 0.2, shares(real[:, index], column.size)[order], 0.4, color="0.6")
    axes.bar(places + 0.2, shares(fake[:, index], column.size)[order], 0.4, color="tab:blue")
    axes.set_title(column.name[:24], fontsize=8)
    axes.set_xticks([])
    axes.tick_params(labelsize=6)


def _pair(axes, kind, pair, rows, what):
    one, other = pair
    orders = [order_of(kind.columns[index]) for index in pair]
    joint = _joint(rows, one, other, kind.blocks)[np.ix_(*orders)]
    axes.imshow(
        np.sqrt(joint / max(1, joint.sum())).T, aspect="auto", origin="lower", cmap="viridis"
    )
    axes.set_title(
        f"{what}: {kind.columns[one].name[:20]} / {kind.columns[other].name[:20]}", fontsize=8
    )
    axes.set_xticks([])
    axes.set_yticks([])


def _joint(rows, one, other, blocks):
    size = blocks[other]
    flat = np.bincount(rows[:, one] * size + rows[:, other], minlength=blocks[one] * size)
    return flat.reshape(blocks[one], size).astype(float)

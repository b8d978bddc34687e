"""How a person looks at series: curves, the usual course, and memory, generated beside real."""

import numpy as np

from gan_keras.kinds.autocorrelation import autocorrelation

MOST_CHANNELS = 8
NUM_CURVES = 6


def signals_picture(kind, fake, real=None):
    """A picture of series: a row a channel.

    Curves of a few series, the mean and the 10th to 90th of 100 at each step, and the
    autocorrelation of the channel at each lag. What is generated is blue, what is real grey.

    Args:
        kind: the `Signals`.
        fake: float32 (n, steps, channels), stored series.
        real: the same of real ones, or None.

    Returns:
        uint8 array (h, w, 3).
    """
    # Matplotlib takes a third of a second to import, and most commands draw nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    sides = [("generated", kind.decode(fake), "tab:blue")]
    if real is not None and len(real):
        sides.insert(0, ("real", kind.decode(real), "0.45"))
    names = kind.channel_names[:MOST_CHANNELS]
    across = len(sides) + 2
    figure = Figure(figsize=(2.6 * across, 1.6 * len(names) + 0.3), dpi=100)
    canvas = FigureCanvasAgg(figure)
    grid = figure.subplots(len(names), across, squeeze=False)
    for place, name in enumerate(names):
        row = grid[place]
        _curves(row[: len(sides)], sides, place)
        for what, readings, colour in sides:
            _course(row[-2], readings[..., place], colour, what)
            _memory(row[-1], readings[..., place], colour)
        row[0].set_ylabel(name, fontsize=8)
    titles = [*(f"{what} series" for what, _, _ in sides), "mean and band", "autocorrelation"]
    for axes, title in zip(grid[0], titles, strict=True):
        axes.set_title(title, fontsize=8)
    grid[0, -2].legend(fontsize=6, frameon=False)
    for axes in grid.flat:
        axes.tick_params(labelsize=6)
    figure.tight_layout()
    canvas.draw()
    return np.array(canvas.buffer_rgba())[..., :3]


def _curves(axes, sides, place):
    """A few series of each side, on one scale."""
    for one, (_, readings, colour) in zip(axes, sides, strict=True):
        picked = np.linspace(0, len(readings) - 1, min(NUM_CURVES, len(readings))).astype(int)
        one.plot(readings[picked, :, place].T, color=colour, linewidth=0.8, alpha=0.8)
    limits = [one.get_ylim() for one in axes]
    for one in axes:
        one.set_ylim(min(low for low, _ in limits), max(high for _, high in limits))


def _course(axes, readings, colour, what):
    """The mean of each step, and between which readings the middle 80 of 100 lie."""
    steps = np.arange(readings.shape[1])
    low, high = np.quantile(readings, (0.1, 0.9), axis=0)
    axes.fill_between(steps, low, high, color=colour, alpha=0.25, linewidth=0)
    axes.plot(steps, readings.mean(axis=0), color=colour, linewidth=1.2, label=what)


def _memory(axes, readings, colour):
    found = autocorrelation(readings)
    axes.plot(np.arange(1, len(found) + 1), found, color=colour, linewidth=1.2)
    axes.axhline(0, color="0.8", linewidth=0.5)

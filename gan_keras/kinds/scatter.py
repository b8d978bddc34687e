"""Scatter plots of points in the plane."""

import numpy as np


def scatter(points, real=None, *, size=480):
    """A picture of points in the plane.

    Args:
        points: array (n, 2), drawn in blue; the legend calls them generated.
        real: array (m, 2) of data, drawn in grey below them, which also fixes the frame, or None.
        size: width and height in pixels. Defaults to 480.

    Returns:
        uint8 array (size, size, 3).

    Raises:
        ValueError: the points have more or fewer than two coordinates.
    """
    # Matplotlib takes a third of a second to import, and most commands draw nothing.
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    points = np.asarray(points)
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(
            f"A scatter plot takes points of shape (n, 2). Received: {points.shape}. "
            "Save samples of other shapes as .npz."
        )
    figure = Figure(figsize=(size / 100, size / 100), dpi=100)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes((0.08, 0.06, 0.9, 0.92))
    if real is not None:
        axes.scatter(*np.asarray(real).T, s=3, color="0.8", linewidths=0, label="real")
    limit = 1.3 * np.abs(points if real is None else real).max()
    axes.scatter(*points.T, s=3, color="tab:blue", linewidths=0, label="generated")
    axes.legend(loc="upper right", markerscale=3, fontsize=8)
    axes.set(xlim=(-limit, limit), ylim=(-limit, limit), aspect="equal")
    canvas.draw()
    return np.array(canvas.buffer_rgba())[..., :3]

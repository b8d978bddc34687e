"""How a run goes, in the cell of a notebook: samples and curves, drawn over one another."""

import io
import math

import keras
import numpy as np

PIXELS = 480  # of a side of each half


class Notebook(keras.callbacks.Callback):
    """Shows samples of the same latents beside the curves of the logs, at epochs' ends.

    One picture that is drawn anew in its place. It needs IPython, which every notebook has; files
    are written by `SampleGrid`. Give `verbose=0` to `fit`.

    Args:
        logs: names of the curves. Defaults to the losses.
        num: number of samples, as in `SampleGrid`. Defaults to 64.
        seed: of the latents. Defaults to 0.
        every_num_epochs: how often. Defaults to 1.
        real: a `data.Source` or an array of real samples, as in `SampleGrid`. Defaults to None.

    Raises:
        ImportError: there is no IPython.

    Example:

        gan.fit(dataset, epochs=10, verbose=0, callbacks=[callbacks.Notebook()])
    """

    def __init__(self, *, logs=("d_loss", "g_loss"), num=64, seed=0, every_num_epochs=1, real=None):
        super().__init__()
        try:
            from IPython import display
        except ImportError as error:
            raise ImportError(
                "`Notebook` draws into a notebook's cell, but there is no IPython. Take "
                "`SampleGrid`, which writes files, or: pip install ipython"
            ) from error
        self._display = display
        self.names = tuple(logs)
        self.num = num
        self.seed = seed
        self.every_num_epochs = every_num_epochs
        self.real = real
        self.curves = {name: [] for name in self.names}  # of pairs (epoch, value)
        self._handle = None

    def on_train_begin(self, logs=None):
        """Takes a place in the cell that runs now."""
        self._handle = None

    def on_epoch_end(self, epoch, logs=None):
        """Notes the logs, and draws if it is time."""
        for name in self.names:
            if math.isfinite(value := (logs or {}).get(name, math.nan)):
                self.curves[name].append((epoch + 1, float(value)))
        if (epoch + 1) % self.every_num_epochs:
            return
        file = io.BytesIO()  # PNG, which needs no backend of Matplotlib's for notebooks
        self.figure().savefig(file, format="png")
        picture = self._display.Image(data=file.getvalue())
        if self._handle is None:
            self._handle = self._display.display(picture, display_id=True)
        else:
            self._handle.update(picture)

    def figure(self):
        """The picture of this moment, a Matplotlib figure: samples on the left, curves right."""
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        picture = self.model.picture(self.num, seed=self.seed, real=self.real)
        figure = Figure(figsize=(2 * PIXELS / 100, PIXELS / 100), dpi=100, layout="constrained")
        FigureCanvasAgg(figure)
        samples, curves = figure.subplots(1, 2)
        samples.imshow(np.squeeze(picture), cmap="gray", vmin=0, vmax=255)
        samples.set_title(f"step {self.model.steps_done}")
        samples.axis("off")
        for name, pairs in self.curves.items():
            if pairs:
                curves.plot(*zip(*pairs, strict=True), label=name)
        curves.set_xlabel("epoch")
        if any(self.curves.values()):
            curves.legend()
        return figure

"""What the generator makes of the same latents, over and over, while it learns."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from gan_keras import images
from gan_keras.callbacks.scatter import scatter

MAX_FRAMES = 100


class SampleGrid(keras.callbacks.Callback):
    """Draws a grid of samples at epochs' ends and the end of training, always of the same latents.

    Images make a grid, one row for each class if the model is conditional; points in the plane
    make a scatter plot. Files are named for the training step; at the end all of them, those of
    earlier runs in the folder too, become `progress.gif`.

    Args:
        folder: where the PNG files go.
        num: number of samples. Defaults to 100 images or 2,000 points; of a conditional model it
            is rounded down to a multiple of the number of classes.
        seed: of the latents. Defaults to 0.
        every_num_epochs: how often. Defaults to 1.
        every_num_steps: draw after so many steps of the model (counted over resumes) in place of
            epochs. Defaults to None.
        log_folder: folder for TensorBoard summaries of the same pictures. Defaults to None.
        real: array (n, 2) of real points to draw below generated ones. Defaults to None.
    """

    def __init__(
        self,
        folder,
        *,
        num=None,
        seed=0,
        every_num_epochs=1,
        every_num_steps=None,
        log_folder=None,
        real=None,
    ):
        super().__init__()
        self.folder = Path(folder)
        self.num = num
        self.seed = seed
        self.every_num_epochs = every_num_epochs
        self.every_num_steps = every_num_steps
        self.log_folder = log_folder
        self.real = real
        self.last_path = None
        self._drawn_step = None
        self._writer = None

    def on_train_batch_end(self, batch, logs=None):
        """Draws, if grids are counted in steps and it is time."""
        if self.every_num_steps and self.model.steps_done % self.every_num_steps == 0:
            self.draw()

    def on_epoch_end(self, epoch, logs=None):
        """Draws, if grids are counted in epochs."""
        if not self.every_num_steps and (epoch + 1) % self.every_num_epochs == 0:
            self.draw()

    def on_train_end(self, logs=None):
        """Draws the end, and makes the GIF of the run."""
        if self._drawn_step != self.model.steps_done:
            self.draw()
        paths = sorted(self.folder.glob("step-*.png"))
        if len(paths) > 1:
            chosen = np.linspace(0, len(paths) - 1, min(MAX_FRAMES, len(paths))).astype(int)
            frames = [np.asarray(Image.open(paths[i])) for i in chosen]
            images.save_gif(self.folder / "progress.gif", frames, frames_per_second=5)

    def draw(self):
        """Writes the picture of this moment."""
        self._drawn_step = self.model.steps_done
        self.last_path = self.folder / f"step-{self._drawn_step:08d}.png"
        picture = sample_picture(self.model, self.num, seed=self.seed, real=self.real)
        self.folder.mkdir(parents=True, exist_ok=True)
        images.save_png(self.last_path, picture)
        if self.log_folder is not None:
            self._summarize(picture)

    def _summarize(self, picture):
        if self._writer is None:
            self._writer = tf.summary.create_file_writer(str(self.log_folder))
        if picture.ndim == 2:
            picture = picture[..., None]
        with self._writer.as_default():
            tf.summary.image("samples", picture[None], step=self.model.steps_done)
        self._writer.flush()


def sample_picture(model, num=None, *, labels=None, seed=None, truncation=None, real=None):
    """One picture of samples: a grid of images, or a scatter plot of points.

    Args:
        model: a model with `sample`.
        num: number of samples. Defaults to 100 images or 2,000 points.
        labels: class of every sample, or None: one row for each class of a conditional model.
        seed, truncation: as in `model.sample`.
        real: real points for a scatter plot.

    Returns:
        uint8 array (height, width) or (height, width, channels).
    """
    if len(model.image_shape) == 1:
        points = model.sample(num or 2000, labels=labels, seed=seed, truncation=truncation)
        return scatter(points, real)
    num, columns = num or 100, None
    if model.num_classes is not None and labels is None and num >= model.num_classes:
        columns = num // model.num_classes
        num = columns * model.num_classes
        labels = np.repeat(np.arange(model.num_classes), columns)
    samples = model.sample(num, labels=labels, seed=seed, truncation=truncation)
    return images.grid(images.to_uint8(samples), columns=columns)

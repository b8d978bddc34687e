"""What the generator makes of the same latents, over and over, while it learns."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from PIL import Image

from gan_keras import images, models
from gan_keras.files import marks

MAX_FRAMES = 100
NUM_HEARD = 4  # sounds in TensorBoard
FIRST_STEPS = 50  # after which an early look shows something


class SampleGrid(keras.callbacks.Callback):
    """Draws a grid of samples at epochs' ends and the end of training, always of the same latents.

    What a picture is, the kind of the samples says: images make a grid, one row for each class if
    the model is conditional; points in the plane make a scatter plot; a translator shows what it
    was given, what it made of it, and what was wanted. Files are named for the training step; at
    the end all of them, those of earlier runs in the folder too, become `progress.gif`.

    Args:
        folder: where the PNG files go.
        num: number of samples. Defaults to 100 images or 2,000 points; of a conditional model it
            is rounded down to a multiple of the number of classes.
        seed: of the latents. Defaults to 0.
        every_num_epochs: how often. Defaults to 1.
        every_num_steps: draw after so many steps of the model (counted over resumes) in place of
            epochs. Defaults to None.
        early: whether to draw in the first epoch already, after 50 steps, 100, 200, and so on.
            Defaults to False.
        log_folder: folder for TensorBoard summaries of the same pictures, and of sounds. Defaults
            to None.
        real: a `data.Source` or an array of real samples: what points are drawn over, and what a
            translator is given. Defaults to None.
        run: what the run is called in the mark of each file (see `gan_keras.files.marks`).
            Defaults to None: the name of `folder`.
        mark: whether files say that they are generated. Defaults to True.
    """

    def __init__(
        self,
        folder,
        *,
        num=None,
        seed=0,
        every_num_epochs=1,
        every_num_steps=None,
        early=False,
        log_folder=None,
        real=None,
        run=None,
        mark=True,
    ):
        super().__init__()
        self.folder = Path(folder)
        self.num = num
        self.seed = seed
        self.every_num_epochs = every_num_epochs
        self.every_num_steps = every_num_steps
        self.early = early
        self.log_folder = log_folder
        self.real = real
        self.run = run
        self.mark = mark
        self.last_path = None
        self._drawn_step = None
        self._next_early = None  # step of the next early look
        self._writer = None

    def on_epoch_begin(self, epoch, logs=None):
        """Says when the first early look is due, if this is the first epoch."""
        self._next_early = None
        if self.early and epoch == 0:
            self._next_early = FIRST_STEPS
            while self._next_early <= self.model.steps_done:
                self._next_early *= 2

    def on_train_batch_end(self, batch, logs=None):
        """Draws, if grids are counted in steps and it is time, or for an early look."""
        step = self.model.steps_done
        is_early = self._next_early is not None and step >= self._next_early
        while self._next_early is not None and step >= self._next_early:
            self._next_early *= 2
        if is_early or (self.every_num_steps and step % self.every_num_steps == 0):
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
            path = self.folder / "progress.gif"
            images.save_gif(path, frames, frames_per_second=5, mark=self._mark())

    def draw(self):
        """Writes the picture of this moment."""
        self._drawn_step = self.model.steps_done
        self.last_path = self.folder / f"step-{self._drawn_step:08d}.png"
        picture = self.model.picture(self.num, seed=self.seed, real=self.real)
        self.folder.mkdir(parents=True, exist_ok=True)
        images.save_png(self.last_path, picture, mark=self._mark())
        if self.log_folder is not None:
            self._summarize(picture)

    def _mark(self):
        """Who makes the pictures; those of points, of tables and of translators show real ones."""
        if not self.mark:
            return None
        shows_real = isinstance(self.model, models.TranslationModel) or (
            self.real is not None and self.model.kind.beside_real
        )
        return marks.Mark(
            run=self.run or self.folder.resolve().name,
            step=self.model.steps_done,
            seed=self.seed,
            is_composite=shows_real,
        )

    def _few(self):
        """Samples to listen to; of a translator, those that it makes of the first inputs shown."""
        if not isinstance(self.model, models.TranslationModel):
            return self.model.sample(NUM_HEARD, seed=self.seed)
        return np.concatenate(list(self.model.fakes(NUM_HEARD, seed=self.seed, real=self.real)))

    def _summarize(self, picture):
        if self._writer is None:
            self._writer = tf.summary.create_file_writer(str(self.log_folder))
        if picture.ndim == 2:
            picture = picture[..., None]
        with self._writer.as_default():
            tf.summary.image("samples", picture[None], step=self.model.steps_done)
            if self.model.kind.can_be_heard:
                waves, rate = self.model.kind.heard(self._few())
                tf.summary.audio("samples", waves, rate, self.model.steps_done, NUM_HEARD)
        self._writer.flush()

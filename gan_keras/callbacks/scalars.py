"""Losses and learning rates for TensorBoard, in the middle of epochs too."""

from pathlib import Path

import keras
import tensorflow as tf

RATES = ("learning_rate_generator", "learning_rate_discriminator")


class Scalars(keras.callbacks.Callback):
    """Writes what is logged as TensorBoard scalars: at each epoch's end, and every so many steps.

    Use it in place of Keras's `TensorBoard`, which names learning rates for their optimizers, so
    that two Adams are one curve, and counts batches anew in each resumed run. Here they are
    `learning_rate_generator` and `learning_rate_discriminator`, and steps are the model's.

    Tags: `epoch_<name>` by epochs, counted from 0; `step_<name>` by steps, each the mean since its
    epoch began.

    Args:
        folder: where the event files go, in `folder/train`.
        every_num_steps: how often within epochs, in steps of the model. Defaults to 100.

    Raises:
        ValueError: an argument out of range.
    """

    def __init__(self, folder, *, every_num_steps=100):
        super().__init__()
        if every_num_steps < 1:
            raise ValueError(f"`every_num_steps` must be at least 1. Received: {every_num_steps}")
        self.folder = Path(folder)
        self.every_num_steps = every_num_steps
        self._written_step = 0
        self._writer = None

    def on_train_begin(self, logs=None):
        """Counts from where the model is."""
        self._written_step = self.model.steps_done

    def on_train_batch_end(self, batch, logs=None):
        """Writes, if it is time; an execution of several steps may go past it."""
        step = self.model.steps_done
        if step // self.every_num_steps > self._written_step // self.every_num_steps:
            self._written_step = step
            self._write("step", logs, step)

    def on_epoch_end(self, epoch, logs=None):
        """Writes the means of the epoch."""
        self._write("epoch", logs, epoch)
        self._writer.flush()

    def on_train_end(self, logs=None):
        """Closes the file."""
        if self._writer is not None:
            self._writer.close()
            self._writer = None

    def _write(self, prefix, logs, step):
        if self._writer is None:
            self._writer = tf.summary.create_file_writer(str(self.folder / "train"))
        optimizers = self.model.optimizer.optimizers
        rates = {
            name: float(tf.convert_to_tensor(optimizer.learning_rate))
            for name, optimizer in zip(RATES, optimizers, strict=True)
        }
        with self._writer.as_default():
            for name, value in {**(logs or {}), **rates}.items():
                tf.summary.scalar(f"{prefix}_{name}", value, step=step)

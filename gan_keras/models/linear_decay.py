"""The learning rate of pix2pix's and CycleGAN's code: held, then falling in a line to zero."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class LinearDecay(keras.optimizers.schedules.LearningRateSchedule):
    """A rate that is held for a share of the training, and falls to its end in a line.

    The papers' code changes the rate at the end of an epoch; here it changes with each step.

    Source: Zhu et al. 2017, arXiv 1703.10593, section 4 (100 epochs of each).

    Args:
        initial_learning_rate: float > 0, while it is held.
        decay_steps: int > 0, steps until the end, the held ones among them.
        hold: share of the steps that it is held for, in [0, 1). Defaults to 0.5.
        end_learning_rate: float >= 0, from the last step on. Defaults to 0.

    Raises:
        ValueError: an argument is out of range.
    """

    def __init__(self, initial_learning_rate, decay_steps, *, hold=0.5, end_learning_rate=0.0):
        super().__init__()
        if not initial_learning_rate > 0 or not end_learning_rate >= 0:
            raise ValueError(
                "LinearDecay falls from a rate above 0 to one of at least 0. Received: "
                f"{initial_learning_rate!r} and {end_learning_rate!r}."
            )
        if not decay_steps >= 1:
            raise ValueError(f"`decay_steps` must be at least 1. Received: {decay_steps!r}.")
        if not 0 <= hold < 1:
            raise ValueError(f"`hold` is a share, at least 0 and below 1. Received: {hold!r}.")
        self.initial_learning_rate = initial_learning_rate
        self.decay_steps = decay_steps
        self.hold = hold
        self.end_learning_rate = end_learning_rate

    def __call__(self, step):
        """The rate at a step, a float32 scalar."""
        done = tf.cast(step, tf.float32) / self.decay_steps
        fallen = tf.clip_by_value((done - self.hold) / (1 - self.hold), 0.0, 1.0)
        drop = self.initial_learning_rate - self.end_learning_rate
        return self.initial_learning_rate - drop * fallen

    def get_config(self):
        """The arguments that make an equal schedule."""
        return {
            "initial_learning_rate": self.initial_learning_rate,
            "decay_steps": self.decay_steps,
            "hold": self.hold,
            "end_learning_rate": self.end_learning_rate,
        }

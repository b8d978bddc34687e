"""Path length regularisation: a step in style space changes the image by a steady amount."""

import dataclasses
from typing import ClassVar

import keras
import tensorflow as tf

from gan_keras.layers.styles import styles_and_synthesis
from gan_keras.machines import replicas
from gan_keras.penalties.penalty import Penalty
from gan_keras.serialization import register


@register
@dataclasses.dataclass(kw_only=True)
class PathLength(Penalty):
    """Path length penalty of StyleGAN2, a term of the generator's.

    It makes the map from styles to images smooth, so that interpolation is even and an image is
    easier to find again in the latent space. For generators of styles: `networks.stylegan2`. It
    costs a pass through the generator and back, of which it is a second derivative.

    weight * E (|J^T y| - a)^2, where J is the Jacobian of the image by its style, y is noise of
    unit variance over the root of the number of pixels, and a is the moving average of |J^T y|.

    Source: Karras et al. 2020, arXiv 1912.04958, equation 4.

    Args:
        weight: float >= 0. Defaults to 2.0.
        interval: int >= 1, every how many of the generator's updates; see `Penalty`. Defaults to 4,
            as in the paper.
        decay: float in [0, 1), the share of the moving average that stays each time. Defaults to
            0.99.
        batch_shrink: int >= 1: every so many-th image of the batch alone, for less memory and time.
            Defaults to 1, for all of them; the authors' code has 2.

    Raises:
        ValueError: an argument outside its range.
    """

    name: ClassVar[str] = "path_length"
    players: ClassVar[tuple] = ("generator",)
    weight: float = 2.0
    interval: int = 4
    decay: float = 0.99
    batch_shrink: int = 1

    def __post_init__(self):
        super().__post_init__()
        if not 0 <= self.decay < 1:
            raise ValueError(f"`decay` of PathLength must be in [0, 1). Received: {self.decay}.")
        if not (isinstance(self.batch_shrink, int) and self.batch_shrink >= 1):
            raise ValueError(
                "`batch_shrink` of PathLength must be a whole number, at least 1. "
                f"Received: {self.batch_shrink!r}."
            )
        self.halves = self.average = None

    def build(self, networks):
        """Finds the two halves of the generator, and makes the moving average."""
        self.halves = styles_and_synthesis(networks[0])
        self.average = _Average(name="path_length")
        return self.average

    def compute(self, critic, real, fake):
        """The weighted term at the latents of this update; moves the average."""
        inputs = self._shrunk(critic.inputs)
        return self._term(self._lengths(inputs, critic.random), moved=1.0)

    def lazily(self, due, critic, real, fake):
        """As in `Penalty`; the average moves outside of the condition, where replicas can meet."""
        if due is None:
            return self.compute(critic, real, fake)
        inputs = self._shrunk(critic.inputs)
        lengths = tf.cond(
            due,
            lambda: self._lengths(inputs, critic.random),
            lambda: tf.zeros((_batch_size(inputs),)),
        )
        due = tf.cast(due, tf.float32)
        return due * self.interval * self._term(lengths, moved=due)

    def _shrunk(self, inputs):
        # With a stride, so that the replicas' shares are together what one device would take.
        return tf.nest.map_structure(lambda tensor: tensor[:: self.batch_shrink], inputs)

    def _lengths(self, inputs, random):
        to_styles, synthesis = self.halves
        # At inference neither average nor random state moves: nothing is assigned in a condition.
        styles = to_styles(inputs, training=False)
        return path_lengths(lambda w: synthesis(w, training=False), styles, random)

    def _term(self, lengths, *, moved):
        mean = self.average.follow(tf.stop_gradient(lengths), rate=moved * (1.0 - self.decay))
        return self.weight * tf.reduce_mean(tf.square(lengths - mean))


def path_lengths(synthesize, styles, random):
    """|J^T y| of each image, float32 (batch,); the mean square over layers, the sum over styles."""
    with tf.GradientTape() as tape:
        tape.watch(styles)
        images = tf.cast(synthesize(styles), tf.float32)
        batch, height, width, channels = images.shape
        noise = random.normal((batch or tf.shape(images)[0], height, width, channels))
        projection = tf.reduce_sum(images * noise) / (height * width) ** 0.5
    squares = tf.square(tf.cast(tape.gradient(projection, styles), tf.float32))
    per_layer = tf.reduce_sum(squares, axis=-1)
    if per_layer.shape.rank > 1:
        per_layer = tf.reduce_mean(per_layer, axis=1)
    return tf.sqrt(per_layer + 1e-12)  # the root's slope at 0 is infinite


def _batch_size(inputs):
    latents = tf.nest.flatten(inputs)[0]
    return latents.shape[0] or tf.shape(latents)[0]


class _Average(keras.layers.Layer):
    """Moving average of the path length, of the global batch."""

    def __init__(self, **arguments):
        super().__init__(dtype="float32", **arguments)
        self.mean = self.add_weight(
            name="mean", shape=(), initializer="zeros", trainable=False, aggregation="mean"
        )
        self.built = True

    def follow(self, lengths, *, rate):
        now = replicas.mean(tf.reduce_mean(lengths))
        moved = self.mean + rate * (now - self.mean)
        self.mean.assign(moved)
        return moved

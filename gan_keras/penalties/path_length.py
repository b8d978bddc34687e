"""Path length regularisation: a step in style space changes the image by a steady amount."""

import dataclasses

import keras
import tensorflow as tf

from gan_keras import replicas
from gan_keras.serialization import Configurable, register


@register
@dataclasses.dataclass(kw_only=True)
class PathLength(Configurable):
    """Path length penalty of StyleGAN2, a term of the generator's.

    It makes the map from styles to images smooth, so that interpolation is even and an image is
    easier to find again in the latent space.

    weight * E (|J^T y| - a)^2, where J is the Jacobian of the image by its style, y is noise of
    unit variance over the root of the number of pixels, and a is the moving average of |J^T y|.

    Source: Karras et al. 2020, arXiv 1912.04958, equation 4.

    Args:
        weight: float >= 0. Defaults to 2.0.
        interval: int >= 1: the model adds the term in every `interval`-th step, times `interval`.
            Defaults to 4.
        decay: float in [0, 1), the share of the moving average that stays each time. Defaults to
            0.99.

    Raises:
        ValueError: an argument outside its range.
    """

    weight: float = 2.0
    interval: int = 4
    decay: float = 0.99

    def __post_init__(self):
        if not (self.weight >= 0 and self.interval >= 1 and 0 <= self.decay < 1):
            raise ValueError(
                "PathLength takes a `weight` of at least 0, an `interval` of at least 1 and a "
                f"`decay` in [0, 1). Received: {self}."
            )
        self.average = None

    def build(self, networks):
        """Makes the moving average: a `keras.layers.Layer` for the model to track."""
        self.average = _Average(name="path_length")
        return self.average

    def compute(self, synthesize, styles, random):
        """The weighted term, a float32 scalar; moves the average.

        Args:
            synthesize: function from styles to float images (batch, h, w, c).
            styles: float32 (batch, w) or (batch, layers, w).
            random: a `RandomStream`.
        """
        if self.average is None:
            raise ValueError(
                "PathLength keeps a moving average: call `build([])` before `compute`."
            )
        lengths = path_lengths(synthesize, styles, random)
        mean = self.average.follow(tf.stop_gradient(lengths), decay=self.decay)
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


class _Average(keras.layers.Layer):
    """Moving average of the path length, of the global batch."""

    def __init__(self, **arguments):
        super().__init__(dtype="float32", **arguments)
        self.mean = self.add_weight(
            name="mean", shape=(), initializer="zeros", trainable=False, aggregation="mean"
        )
        self.built = True

    def follow(self, lengths, *, decay):
        now = replicas.mean(tf.reduce_mean(lengths))
        moved = decay * self.mean + (1.0 - decay) * now
        self.mean.assign(moved)
        return moved

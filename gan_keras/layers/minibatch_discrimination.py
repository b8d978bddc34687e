"""Learned distances to the other images of the batch, as more features."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class MinibatchDiscrimination(keras.layers.Layer):
    """Appends, for each of several learned kernels, how close the rest of the batch is.

    Lets a discriminator see that a generator draws the same thing again and again. With
    `M_i = f_i T`, a matrix of (num_kernels, kernel_dim) for each image's features f_i:

        o_ib = sum over j != i of exp(-|M_ib - M_jb|_1)

    (Salimans et al., 2016, arXiv 1606.03498, section 3.2; j = i, a constant 1, is left out as in
    the authors' code.) The sum is over this replica's images, and a score depends on them all:
    gradient penalties do not go with it.

    Args:
        num_kernels: number of features appended. Defaults to 100, as in the paper.
        kernel_dim: length of the rows compared. Defaults to 5, as in the paper.

    Input `(batch, n)`; returns `(batch, n + num_kernels)`.
    """

    def __init__(self, num_kernels=100, kernel_dim=5, **kwargs):
        super().__init__(**kwargs)
        self.num_kernels = num_kernels
        self.kernel_dim = kernel_dim

    def build(self, input_shape):
        self.kernel = self.add_weight(
            shape=(input_shape[-1], self.num_kernels * self.kernel_dim),
            initializer=keras.initializers.RandomNormal(stddev=0.05),
            name="kernel",
        )

    def call(self, inputs):
        rows = tf.matmul(inputs, tf.cast(self.kernel, inputs.dtype))
        rows = tf.reshape(tf.cast(rows, "float32"), (-1, self.num_kernels, self.kernel_dim))
        # (batch, batch, kernels)
        distance = tf.reduce_sum(tf.abs(rows[:, None] - rows[None]), axis=-1)
        closeness = tf.reduce_sum(tf.exp(-distance), axis=1) - 1.0
        return tf.concat([inputs, tf.cast(closeness, inputs.dtype)], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + self.num_kernels)

    def get_config(self):
        return {
            **super().get_config(),
            "num_kernels": self.num_kernels,
            "kernel_dim": self.kernel_dim,
        }

"""The standard deviation over a group of images, as one more channel."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class MinibatchStddev(keras.layers.Layer):
    """Appends a channel with how much the images of a group differ, against mode collapse.

    The standard deviation over the group of every feature, averaged over features and pixels: one
    number for each group, the same in every pixel. (Karras et al., 2018, arXiv 1710.10196,
    section 3; image i belongs to group i modulo the number of groups, as in the authors' code.)

    Under several replicas the groups lie within each replica, so two replicas with half a batch
    each equal one device only in distribution. A score then depends on the other images of the
    group, which gradient penalties disregard, as StyleGAN's R1 does.

    Args:
        group_size: images in a group. Defaults to 4. Where it does not divide the batch, the
            largest smaller size that does is taken.

    Input `(batch, h, w, c)`; returns `(batch, h, w, c + 1)`.
    """

    def __init__(self, group_size=4, **kwargs):
        super().__init__(**kwargs)
        self.group_size = group_size

    def call(self, inputs):
        _, height, width, channels = inputs.shape
        batch = tf.shape(inputs)[0]
        sizes = tf.range(1, self.group_size + 1)
        group = tf.reduce_max(tf.where(batch % sizes == 0, sizes, 1))
        grouped = tf.reshape(
            tf.cast(inputs, "float32"), (group, batch // group, height, width, channels)
        )
        variance = tf.math.reduce_variance(grouped, axis=0)
        spread = tf.reduce_mean(tf.sqrt(variance + 1e-8), axis=(1, 2, 3))  # (groups,)
        channel = tf.reshape(tf.tile(spread, (group,)), (-1, 1, 1, 1))
        channel = tf.broadcast_to(tf.cast(channel, inputs.dtype), (batch, height, width, 1))
        return tf.concat([inputs, channel], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], input_shape[-1] + 1)

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size}

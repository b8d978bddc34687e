"""Mean and standard deviation of each channel over a group of series."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class GroupMoments(keras.layers.Layer):
    """What a group of series has in common: the mean and the deviation of each channel.

    One series does not show whether wet hours are as frequent as they should be; some together do.
    So a discriminator that is told these two moments teaches a generator the frequency of what is
    rare. (Salimans et al., 2016, arXiv:1606.03498, section 3.2, let it see a minibatch; Karras et
    al., 2018, arXiv:1710.10196, section 3, its deviation in one number.)

    Groups are of neighbours in the batch, so replicas whose share is a multiple of `group_size`
    compute what one device does. Where it does not divide the batch, the largest smaller size that
    does is taken.

    Args:
        group_size: series in a group, at least 1. Defaults to 16.

    Input `(batch, steps, channels)`; returns `(batch, 2 * channels)`, means and then deviations
    over group and steps, the same for all of a group.

    Raises:
        ValueError: the size is no positive integer.
    """

    def __init__(self, group_size=16, **kwargs):
        super().__init__(**kwargs)
        if isinstance(group_size, bool) or not isinstance(group_size, int) or group_size < 1:
            raise ValueError(f"`group_size` is a positive integer. Received: {group_size!r}.")
        self.group_size = group_size

    def call(self, inputs):
        _, steps, channels = inputs.shape
        batch = tf.shape(inputs)[0]
        sizes = tf.range(1, self.group_size + 1)
        group = tf.reduce_max(tf.where(batch % sizes == 0, sizes, 1))
        grouped = tf.cast(inputs, "float32")
        grouped = tf.reshape(grouped, (batch // group, group * steps, channels))
        mean, variance = tf.nn.moments(grouped, axes=[1])
        moments = tf.concat([mean, tf.sqrt(variance + 1e-6)], axis=-1)
        # A product, as XLA knows no gradient of a gradient of a repetition.
        each = moments[:, None] * tf.ones((1, group, 1))
        return tf.cast(tf.reshape(each, (batch, 2 * channels)), inputs.dtype)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], 2 * input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "group_size": self.group_size}

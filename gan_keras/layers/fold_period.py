"""Waves as images: a column holds every p-th moment."""

import keras
import tensorflow as tf
from keras import ops

from gan_keras.serialization import register


@register
class FoldPeriod(keras.layers.Layer):
    """Rows of `period` moments below each other, so that a column has those a period apart.

    Convolutions along columns then see what repeats with the period. A last row that is not whole
    is filled with the mirror image of what is before it.

    Kong, Kim, Bae (2020), arXiv:2010.05646 (HiFi-GAN), section 2.3.

    Args:
        period: moments of a row.

    Input `(batch, moments, channels)`, moments known; output
    `(batch, ceil(moments / period), period, channels)`.
    """

    def __init__(self, period, **kwargs):
        super().__init__(**kwargs)
        self.period = period

    def call(self, inputs):
        missing = -inputs.shape[1] % self.period
        whole = tf.pad(inputs, [[0, 0], [0, missing], [0, 0]], "REFLECT")
        return ops.reshape(whole, (-1, *self.compute_output_shape(inputs.shape)[1:]))

    def compute_output_shape(self, input_shape):
        batch, moments, channels = input_shape
        return (batch, -(-moments // self.period), self.period, channels)

    def get_config(self):
        return {**super().get_config(), "period": self.period}

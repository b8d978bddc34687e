"""Where a line of text has ended: what is behind is no part of it."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


def until_the_end(sequences, pad):
    """1 until a sequence has ended, its end included, and 0 behind it: float32 (batch, length).

    Args:
        sequences: one-hot (batch, length, symbols); or shares, where half of it is the end.
        pad: place of the symbol that ends them; None if none does.
    """
    if pad is None:
        return tf.ones(tf.shape(sequences)[:2])
    ends = tf.cast(sequences[:, :, pad] > 0.5, tf.float32)
    return tf.cast(tf.cumsum(ends, axis=1, exclusive=True) < 0.5, tf.float32)


@register
class UntilTheEnd(keras.layers.Layer):
    """What is said of each place of a sequence, and 0 behind its end.

    Args:
        pad: place of the symbol that ends sequences; None if none does.

    Input: a list of float maps (batch, length, channels) and one-hot sequences (batch, length,
    symbols). Output: the maps, float32.
    """

    def __init__(self, pad=None, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        self.pad = pad

    def call(self, inputs):
        maps, sequences = inputs
        return maps * until_the_end(sequences, self.pad)[:, :, None]

    def compute_output_shape(self, input_shape):
        return tuple(input_shape[0])

    def get_config(self):
        return {**super().get_config(), "pad": self.pad}

"""Numbers that keep to a few levels, channel by channel."""

import keras
import numpy as np
from keras import ops

from gan_keras.serialization import register


@register
class SnapLevels(keras.layers.Layer):
    """Each number becomes the nearest level of its channel; the gradient passes as if it did not.

    For readings that have few values: rain that is exactly 0, wind in whole knots. A generator that
    ends so gives what real series hold, and a discriminator can't tell by 0.003 in place of 0. The
    gradient is straight-through (Bengio et al., 2013, arXiv:1308.3432, section 4).

    Args:
        levels: for each channel its levels, ascending; an empty list leaves the channel as it is.

    Input and output `(batch, steps, channels)`, float32.

    Raises:
        ValueError: levels that do not rise.
    """

    def __init__(self, levels, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        self.levels = [[float(level) for level in own] for own in levels]
        if any(np.any(np.diff(own) <= 0) for own in self.levels):
            raise ValueError(f"`levels` of a channel must rise. Received: {levels}.")
        # A sum of steps at the middles: quick for some tens of levels, and every runtime knows it.
        longest = max(1, *(len(own) - 1 for own in self.levels))
        self._middles = np.full((len(levels), longest), np.inf, "float32")
        self._steps = np.zeros((len(levels), longest), "float32")
        for place, own in enumerate(self.levels):
            middles = (np.array(own[1:]) + np.array(own[:-1])) / 2
            self._middles[place, : len(middles)] = middles
            self._steps[place, : len(middles)] = np.diff(own)
        self._lowest = np.array([own[0] if own else 0.0 for own in self.levels], "float32")
        self._snaps = np.array([1.0 if own else 0.0 for own in self.levels], "float32")

    def call(self, inputs):
        above = ops.cast(inputs[..., None] > self._middles, "float32")
        snapped = self._lowest + ops.sum(above * self._steps, axis=-1)
        return inputs + ops.stop_gradient(self._snaps * (snapped - inputs))

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "levels": self.levels}

"""Series beside their changes from step to step."""

import keras
import numpy as np
from keras import ops

from gan_keras.serialization import register


@register
class WithChanges(keras.layers.Layer):
    """Puts behind each reading its change from the step before, on a scale of its own.

    The temperature of a day differs a little from hour to hour, and a lot from winter to summer. A
    discriminator that sees readings on one scale overlooks a jagged curve. Changes on a scale of
    unit variance show it. The first step has none: 0.

    Args:
        scales: for each channel the standard deviation of its changes, positive.

    Input `(batch, steps, channels)`, output `(batch, steps, 2 * channels)`, of the input's type.
    Series that are judged together have their channels one after another, so there may be a
    multiple of the scales.

    Raises:
        ValueError: a scale that is not positive.
    """

    def __init__(self, scales, **kwargs):
        super().__init__(**kwargs)
        self.scales = [float(scale) for scale in scales]
        if not self.scales or not min(self.scales) > 0:
            raise ValueError(f"`scales` are positive numbers. Received: {scales}.")

    def call(self, inputs):
        scales = np.tile(self.scales, inputs.shape[-1] // len(self.scales))
        changes = (inputs[:, 1:] - inputs[:, :-1]) / ops.cast(scales, inputs.dtype)
        return ops.concatenate([inputs, ops.pad(changes, ((0, 0), (1, 0), (0, 0)))], axis=-1)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], 2 * input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "scales": self.scales}

"""Learned maps of the smallest size: where an image begins."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class LearnedBasis(keras.layers.Layer):
    """Channel c of the output is a learned map B_c, times the c-th number of the input.

    R3GAN's generator begins with it instead of a dense layer for each pixel. (Huang et al., 2024,
    arXiv 2501.05441, section 3.)

    Args:
        size: `(height, width)` of the maps.

    Input `(batch, c)`; returns `(batch, height, width, c)`. The maps start from N(0, 1).
    """

    def __init__(self, size, **kwargs):
        super().__init__(**kwargs)
        self.size = tuple(size)

    def build(self, input_shape):
        self.basis = self.add_weight(
            shape=(*self.size, input_shape[-1]),
            initializer=keras.initializers.RandomNormal(stddev=1.0),
            name="basis",
        )

    def call(self, inputs):
        return inputs[:, None, None, :] * ops.convert_to_tensor(self.basis)

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.size, input_shape[-1])

    def get_config(self):
        return {**super().get_config(), "size": self.size}


@register
class LearnedConstant(keras.layers.Layer):
    """The same learned maps for every image, whatever the input, which only tells the batch size.

    StyleGAN's synthesis begins with it. (Karras et al., 2019, arXiv 1812.04948, section 2.)

    Args:
        shape: `(height, width, channels)` of the maps.

    Input `(batch, ...)`; returns `(batch, *shape)`. The maps start from N(0, 1).
    """

    def __init__(self, shape, **kwargs):
        super().__init__(**kwargs)
        self.shape = tuple(shape)

    def build(self, input_shape):
        self.constant = self.add_weight(
            shape=self.shape,
            initializer=keras.initializers.RandomNormal(stddev=1.0),
            name="constant",
        )

    def call(self, inputs):
        constant = ops.convert_to_tensor(self.constant)
        return ops.broadcast_to(constant[None], (ops.shape(inputs)[0], *self.shape))

    def compute_output_shape(self, input_shape):
        return (input_shape[0], *self.shape)

    def get_config(self):
        return {**super().get_config(), "shape": self.shape}

"""Self-attention over the pixels of a feature map."""

import keras
from keras import layers, ops

from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.serialization import register


@register
class SelfAttention(layers.Layer):
    """Adds to each pixel what it attends to elsewhere: `x + gamma * o(x)`, gamma 0 at first.

    For features that belong together across the image, at a map of 32x32 or so. With 1x1
    convolutions query, key (both to c/8 channels) and value (c/2), key and value max-pooled by 2:

        o = W_o softmax(query key^T) value

    (Zhang et al., 2019, arXiv 1805.08318, section 3; the pooling is the authors' code's.)

    Args:
        spectral_norm: whether the four convolutions are spectrally normalised, as in the paper.
            Defaults to False.
        kernel_initializer: of the convolutions. Defaults to "glorot_uniform".

    Input and output `(batch, h, w, c)`.
    """

    def __init__(self, *, spectral_norm=False, kernel_initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.spectral_norm = spectral_norm
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        channels = input_shape[-1]
        small, half = max(1, channels // 8), max(1, channels // 2)
        self.query = self._convolution(small, "query", input_shape)
        self.key = self._convolution(small, "key", input_shape)
        self.value = self._convolution(half, "value", input_shape)
        self.output_map = self._convolution(channels, "output", (*input_shape[:-1], half))
        self.pool = layers.MaxPooling2D(2, padding="same", dtype=self.dtype_policy)
        self.gamma = self.add_weight(shape=(), initializer="zeros", name="gamma")

    def call(self, inputs):
        height, width = inputs.shape[1:3]
        query = _pixels(self.query(inputs))  # (batch, h w, c / 8)
        key = _pixels(self.pool(self.key(inputs)))  # (batch, h w / 4, c / 8)
        value = _pixels(self.pool(self.value(inputs)))  # (batch, h w / 4, c / 2)
        scores = ops.matmul(query, ops.transpose(key, (0, 2, 1)))
        attention = ops.softmax(ops.cast(scores, "float32"), axis=-1)
        attended = ops.matmul(ops.cast(attention, value.dtype), value)
        attended = ops.reshape(attended, (-1, height, width, value.shape[-1]))
        return inputs + ops.cast(self.gamma, inputs.dtype) * self.output_map(attended)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "spectral_norm": self.spectral_norm,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }

    def _convolution(self, filters, name, input_shape):
        layer = layers.Conv2D(
            filters,
            1,
            use_bias=False,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )
        layer = spectral_norm_if(self.spectral_norm, layer)
        layer.build(input_shape)
        return layer


def _pixels(maps):
    return ops.reshape(maps, (-1, maps.shape[1] * maps.shape[2], maps.shape[3]))

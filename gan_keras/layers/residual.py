"""Residual blocks that double or halve a feature map, as in SNGAN, SAGAN and BigGAN."""

import keras
from keras import layers

from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.layers.conditional_batch_norm import ConditionalBatchNorm
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.serialization import register


class _Residual(layers.Layer):
    """Arguments and convolutions that both blocks share."""

    def __init__(self, filters, *, spectral_norm, kernel_initializer, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.spectral_norm = spectral_norm
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "spectral_norm": self.spectral_norm,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }

    def _convolution(self, kernel_size, name, input_shape):
        layer = layers.Conv2D(
            self.filters,
            kernel_size,
            padding="same",
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )
        layer = spectral_norm_if(self.spectral_norm, layer)
        layer.build(input_shape)
        return layer


@register
class ResidualUp(_Residual):
    """A generator's block: norm, ReLU, doubling, 3x3, norm, ReLU, 3x3, plus the shortcut.

    The shortcut is a 1x1 convolution, then doubling: the two commute, and this order costs a
    quarter. Doubling repeats pixels. (Miyato et al., 2018, arXiv 1802.05957, figure 9; Gulrajani et
    al., 2017, arXiv 1704.00028.)

    Args:
        filters: channels of the output.
        num_classes: number of classes if the block is called with labels; None (the default) if it
            is called with a vector or without a condition.
        spectral_norm: whether its convolutions are spectrally normalised. Defaults to False.
        kernel_initializer: of the convolutions. Defaults to "glorot_uniform".

    Call with maps `(batch, h, w, c)`, or with `[maps, condition]` for conditional batch norm.
    Returns `(batch, 2 h, 2 w, filters)`.
    """

    def __init__(
        self,
        filters,
        *,
        num_classes=None,
        spectral_norm=False,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(
            filters,
            spectral_norm=spectral_norm,
            kernel_initializer=kernel_initializer,
            **kwargs,
        )
        self.num_classes = num_classes

    def build(self, input_shape):
        maps, condition = _maps_and_condition(input_shape)
        batch, height, width, _ = maps
        inside = (batch, 2 * height, 2 * width, self.filters)
        self.norm_0 = self._norm("norm_0", maps, condition)
        self.norm_1 = self._norm("norm_1", inside, condition)
        self.double = layers.UpSampling2D(2, interpolation="nearest", dtype=self.dtype_policy)
        self.convolution_0 = self._convolution(3, "convolution_0", (*inside[:3], maps[-1]))
        self.convolution_1 = self._convolution(3, "convolution_1", inside)
        self.shortcut = self._convolution(1, "shortcut", maps)

    def call(self, inputs, training=None):
        maps, condition = inputs if isinstance(inputs, (tuple, list)) else (inputs, None)

        def normalize(norm, x):
            return norm(x if condition is None else [x, condition], training=training)

        x = keras.ops.relu(normalize(self.norm_0, maps))
        x = self.convolution_0(self.double(x))
        x = keras.ops.relu(normalize(self.norm_1, x))
        return self.convolution_1(x) + self.double(self.shortcut(maps))

    def compute_output_shape(self, input_shape):
        maps, _ = _maps_and_condition(input_shape)
        batch, height, width, _ = maps
        return (batch, 2 * height, 2 * width, self.filters)

    def get_config(self):
        return {**super().get_config(), "num_classes": self.num_classes}

    def _norm(self, name, maps, condition):
        if condition is None:
            layer = BatchNorm(dtype=self.dtype_policy, name=name)
            layer.build(maps)
            return layer
        layer = ConditionalBatchNorm(
            self.num_classes,
            spectral_norm=self.spectral_norm,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )
        layer.build([maps, condition])
        return layer


@register
class ResidualDown(_Residual):
    """A discriminator's block: ReLU, 3x3, ReLU, 3x3, halving, plus the shortcut. No norm.

    Halving averages pairs. The shortcut halves, then applies a 1x1 convolution (the two commute,
    and this order costs a quarter); it is the identity where neither is needed. (Miyato et al.,
    2018, arXiv 1802.05957, figure 9.)

    Args:
        filters: channels of the output.
        downsample: whether the block halves the map. Defaults to True.
        activate_first: whether the first ReLU is there; not for the block that sees the image.
            Defaults to True.
        spectral_norm: whether its convolutions are spectrally normalised. Defaults to False.
        kernel_initializer: of the convolutions. Defaults to "glorot_uniform".

    Input `(batch, h, w, c)`; returns `(batch, h / 2, w / 2, filters)`, rounded up.
    """

    def __init__(
        self,
        filters,
        *,
        downsample=True,
        activate_first=True,
        spectral_norm=False,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(
            filters,
            spectral_norm=spectral_norm,
            kernel_initializer=kernel_initializer,
            **kwargs,
        )
        self.downsample = downsample
        self.activate_first = activate_first

    def build(self, input_shape):
        inside = (*input_shape[:3], self.filters)
        self.convolution_0 = self._convolution(3, "convolution_0", input_shape)
        self.convolution_1 = self._convolution(3, "convolution_1", inside)
        identity = input_shape[-1] == self.filters and not self.downsample
        self.shortcut = None if identity else self._convolution(1, "shortcut", input_shape)
        self.halve = layers.AveragePooling2D(2, padding="same", dtype=self.dtype_policy)

    def call(self, inputs):
        x = keras.ops.relu(inputs) if self.activate_first else inputs
        x = self.convolution_1(keras.ops.relu(self.convolution_0(x)))
        shortcut = inputs
        if self.downsample:
            x, shortcut = self.halve(x), self.halve(shortcut)
        return x + (shortcut if self.shortcut is None else self.shortcut(shortcut))

    def compute_output_shape(self, input_shape):
        batch, height, width, _ = input_shape
        if self.downsample:
            height, width = -(-height // 2), -(-width // 2)
        return (batch, height, width, self.filters)

    def get_config(self):
        return {
            **super().get_config(),
            "downsample": self.downsample,
            "activate_first": self.activate_first,
        }


def _maps_and_condition(input_shape):
    return input_shape if isinstance(input_shape[0], (tuple, list)) else (input_shape, None)

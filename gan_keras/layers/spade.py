"""Spatially-adaptive normalisation: scale and shift for each pixel, from a label map."""

import keras
import tensorflow as tf
from keras import layers, ops

from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.serialization import register

NORMALIZATIONS = ("batch", "instance")


@register
class Spade(layers.Layer):
    """Normalises maps, then scales and shifts each pixel by what a label map says there.

    Where a plain norm would wash a label map's flat regions out, this one lays them on again at
    every size. With `n` the maps normalised without parameters and `s` the label map at their size,

        out = n * (1 + gamma(h)) + beta(h)        h = ReLU(conv(s))

    where gamma, beta and conv are convolutions. (Park et al., 2019, arXiv 1903.07291, equation 1
    and figure 2; the 1 is the authors' code's: at the start the layer is a plain norm.)

    The label map is brought to the maps' size by its nearest pixels, in each call, so one layer
    serves images of any size.

    Args:
        hidden: channels of `h`. Defaults to 128, as in the paper.
        kernel_size: side of the kernels in pixels. Defaults to 3.
        normalization: "batch" (the default; over all replicas) or "instance", which makes each
            image independent of the others, in training and after it.
        kernel_initializer: of the convolutions. Defaults to "glorot_uniform".

    Call with `[maps, label_map]`: maps `(batch, h, w, c)`, label map `(batch, H, W, labels)`.
    Returns the shape of the maps.

    Raises:
        ValueError: an argument is out of range, or an input has another rank than 4.
    """

    def __init__(
        self,
        *,
        hidden=128,
        kernel_size=3,
        normalization="batch",
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        if normalization not in NORMALIZATIONS:
            raise ValueError(
                f"`normalization` must be one of {NORMALIZATIONS}. Received: {normalization!r}."
            )
        self.hidden = hidden
        self.kernel_size = kernel_size
        self.normalization = normalization
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        maps, label_map = input_shape
        if len(maps) != 4 or len(label_map) != 4:
            raise ValueError(
                "Spade takes [maps, label_map], both (batch, h, w, channels). "
                f"Received: {tuple(maps)} and {tuple(label_map)}."
            )
        self.norm = self._norm(maps)
        at_size = (*maps[:3], label_map[-1])
        inside = (*maps[:3], self.hidden)
        self.shared = self._convolution(self.hidden, "shared", at_size, activation="relu")
        self.gamma = self._convolution(maps[-1], "gamma", inside)
        self.beta = self._convolution(maps[-1], "beta", inside)

    def call(self, inputs, training=None):
        maps, label_map = inputs
        hidden = self.shared(resized(label_map, maps))
        normalized = self.norm(maps, training=training)
        return normalized * (1.0 + self.gamma(hidden)) + self.beta(hidden)

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {
            **super().get_config(),
            "hidden": self.hidden,
            "kernel_size": self.kernel_size,
            "normalization": self.normalization,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }

    def _norm(self, shape):
        arguments = {"scale": False, "center": False, "dtype": self.dtype_policy, "name": "norm"}
        if self.normalization == "batch":
            layer = BatchNorm(**arguments)
        else:
            layer = layers.GroupNormalization(groups=-1, epsilon=1e-5, **arguments)
        layer.build(shape)
        return layer

    def _convolution(self, filters, name, input_shape, activation=None):
        layer = layers.Conv2D(
            filters,
            self.kernel_size,
            padding="same",
            activation=activation,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name=name,
        )
        layer.build(input_shape)
        return layer


def resized(label_map, maps):
    """The label map at the height and width of the maps, each pixel the nearest one's copy.

    Pixel `i` of `n` takes the place `floor(i N / n)` of `N`, as in the authors' framework;
    `tf.image.resize` takes the one half a pixel on.
    """
    for axis in (1, 2):
        old, new = label_map.shape[axis], maps.shape[axis]
        if old is not None and old == new:
            continue
        old, new = ops.shape(label_map)[axis], ops.shape(maps)[axis]
        label_map = tf.gather(label_map, tf.range(new) * old // new, axis=axis)
    return label_map

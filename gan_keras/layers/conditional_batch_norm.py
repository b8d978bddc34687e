"""Batch normalisation whose scale and shift depend on a label or a vector."""

import keras
from keras import layers, ops

from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.serialization import register


@register
class ConditionalBatchNorm(layers.Layer):
    """Batch norm, then for each image `gamma(condition) * x + beta(condition)`.

    The way most conditional generators learn what class to draw. With labels, gamma and beta are
    one learned vector per class (Dumoulin et al., 2017, arXiv 1610.07629; de Vries et al., 2017,
    arXiv 1707.00683); with vectors, they are linear in the vector (BigGAN). Gamma starts at 1 and
    beta at 0. The statistics are those of the whole batch, all classes together.

    Args:
        num_classes: number of classes if the condition is a label; None (the default) if it is a
            vector.
        spectral_norm: whether the linear maps of a vector are spectrally normalised, as in BigGAN.
            Defaults to False.
        kernel_initializer: of the linear maps of a vector. Defaults to "glorot_uniform".

    Call with `[maps, condition]`: maps `(batch, h, w, c)`, condition `(batch,)` integers or
    `(batch, n)` floats. Returns the shape of the maps.
    """

    def __init__(
        self,
        num_classes=None,
        *,
        spectral_norm=False,
        kernel_initializer="glorot_uniform",
        **kwargs,
    ):
        super().__init__(**kwargs)
        self.num_classes = num_classes
        self.spectral_norm = spectral_norm
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        maps, condition = input_shape
        self.norm = BatchNorm(scale=False, center=False, dtype=self.dtype_policy, name="norm")
        self.norm.build(maps)
        self.gamma = self._linear(maps[-1], "ones", "gamma", condition)
        self.beta = self._linear(maps[-1], "zeros", "beta", condition)

    def call(self, inputs, training=None):
        maps, condition = inputs
        normalized = self.norm(maps, training=training)
        gamma, beta = self.gamma(condition), self.beta(condition)
        if self.num_classes is None:
            gamma = gamma + 1.0
        shape = (-1, *(1,) * (len(maps.shape) - 2), maps.shape[-1])
        return ops.reshape(gamma, shape) * normalized + ops.reshape(beta, shape)

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {
            **super().get_config(),
            "num_classes": self.num_classes,
            "spectral_norm": self.spectral_norm,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }

    def _linear(self, channels, start, name, condition):
        if self.num_classes is not None:
            layer = layers.Embedding(
                self.num_classes,
                channels,
                embeddings_initializer=start,
                dtype=self.dtype_policy,
                name=name,
            )
        else:
            initializer = self.kernel_initializer.clone()
            layer = layers.Dense(
                channels,
                use_bias=False,
                kernel_initializer=initializer,
                dtype=self.dtype_policy,
                name=name,
            )
            layer = spectral_norm_if(self.spectral_norm, layer)
        layer.build(condition)
        return layer

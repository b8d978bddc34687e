"""Normalisation by a reference batch, fixed once and for all, instead of by the batch at hand."""

import keras
import tensorflow as tf

from gan_keras.serialization import register


@register
class PrependReference(keras.layers.Layer):
    """Puts a fixed reference batch before the batch, for the `VirtualBatchNorm`s that follow.

    The reference is part of the weights and never trained: standard normal numbers drawn from
    `seed`, right for latents, until `set_weights([reference])` puts real images in their place.
    Drop it after the last norm with `DropReference`.

    Args:
        num_reference: rows of the reference batch. Defaults to 64.
        seed: seed of the first reference. Defaults to 0.

    Input `(batch, ...)`; returns `(num_reference + batch, ...)`.
    """

    def __init__(self, num_reference=64, *, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.num_reference = num_reference
        self.seed = seed

    def build(self, input_shape):
        self.reference = self.add_weight(
            shape=(self.num_reference, *input_shape[1:]),
            initializer=keras.initializers.RandomNormal(stddev=1.0, seed=self.seed),
            trainable=False,
            name="reference",
        )

    def call(self, inputs):
        return tf.concat([tf.cast(self.reference, inputs.dtype), inputs], axis=0)

    def compute_output_shape(self, input_shape):
        return (None, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "num_reference": self.num_reference, "seed": self.seed}


@register
class DropReference(keras.layers.Layer):
    """Takes the reference batch away again.

    Args:
        num_reference: rows that `PrependReference` added. Defaults to 64.
    """

    def __init__(self, num_reference=64, **kwargs):
        super().__init__(**kwargs)
        self.num_reference = num_reference

    def call(self, inputs):
        return inputs[self.num_reference :]

    def compute_output_shape(self, input_shape):
        return (None, *input_shape[1:])

    def get_config(self):
        return {**super().get_config(), "num_reference": self.num_reference}


@register
class VirtualBatchNorm(keras.layers.Layer):
    """Normalises the reference by its own statistics, each image by the reference's and its own.

    An image's output then does not depend on the other images of its batch, as it does under batch
    norm, at the price of passing the reference along. With n reference rows, mean and mean square
    of an image are

        (its own + n * the reference's) / (n + 1)

    (Salimans et al., 2016, arXiv 1606.03498, section 3.5.) Training and inference are the same, and
    so are one device and many.

    Args:
        num_reference: how many of the first rows are the reference. Defaults to 64.
        epsilon: added to the variance. Defaults to 1e-5.

    Input `(num_reference + batch, ..., c)`; the output has the same shape.
    """

    def __init__(self, num_reference=64, *, epsilon=1e-5, **kwargs):
        super().__init__(**kwargs)
        self.num_reference = num_reference
        self.epsilon = epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.gamma = self.add_weight(shape=shape, initializer="ones", name="gamma")
        self.beta = self.add_weight(shape=shape, initializer="zeros", name="beta")

    def call(self, inputs):
        x = tf.cast(inputs, "float32")
        pixels = tuple(range(1, len(x.shape) - 1))
        own_mean = tf.reduce_mean(x, axis=pixels, keepdims=True)  # (rows, 1, 1, c)
        own_square = tf.reduce_mean(tf.square(x), axis=pixels, keepdims=True)
        count = self.num_reference
        mean = self._mixed(own_mean, tf.reduce_mean(own_mean[:count], axis=0, keepdims=True))
        square = self._mixed(own_square, tf.reduce_mean(own_square[:count], axis=0, keepdims=True))
        variance = tf.maximum(square - tf.square(mean), 0.0)
        normalized = (x - mean) * tf.math.rsqrt(variance + self.epsilon)
        outputs = tf.cast(self.gamma, "float32") * normalized + tf.cast(self.beta, "float32")
        return tf.cast(outputs, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "num_reference": self.num_reference,
            "epsilon": self.epsilon,
        }

    def _mixed(self, own, reference):
        count = self.num_reference
        mixed = (own[count:] + count * reference) / (count + 1.0)
        copies = tf.broadcast_to(reference, tf.shape(own[:count]))
        return tf.concat([copies, mixed], axis=0)

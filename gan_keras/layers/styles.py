"""What happens to StyleGAN's w between mapping and synthesis: mixing in training, truncation after.

A generator holds one w for each of its styles, so w becomes `(batch, num_styles, dim)` here.
"""

import keras
import tensorflow as tf
from keras import layers, ops

from gan_keras.latents import RandomStream
from gan_keras.machines import replicas
from gan_keras.serialization import register


@register
class OtherLatents(layers.Layer):
    """In training, normal numbers shaped as the input, for style mixing; at inference the input.

    Args:
        seed: seed of the stream, which is saved with the model. Defaults to 0.
    """

    def __init__(self, *, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.random = RandomStream(seed)
        self.seed_generator = self.random.generator  # so that Keras finds its state

    def call(self, inputs, training=None):
        if not training:
            return inputs
        return ops.cast(self.random.normal(ops.shape(inputs)), inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}


@register
class MixStyles(layers.Layer):
    """One w for each style: in training, of some images, the later ones from another latent.

    Keeps neighbouring styles from relying on each other. The place where the second w takes over
    is uniform over the styles after the first. (Karras et al., 2019, arXiv 1812.04948, section
    3.1.)

    Args:
        num_styles: number of styles.
        probability: share of the images that are mixed in training. Defaults to 0.9.
        seed: seed of the stream, which is saved with the model. Defaults to 0.

    Call with `[w, other_w]`, both `(batch, dim)`. Returns `(batch, num_styles, dim)`.
    """

    def __init__(self, num_styles, *, probability=0.9, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.num_styles = num_styles
        self.probability = probability
        self.seed = seed
        self.random = RandomStream(seed)
        self.seed_generator = self.random.generator  # so that Keras finds its state

    def call(self, inputs, training=None):
        w, other = inputs
        # Not tf.repeat, whose gradient XLA can't compile inside a condition.
        styles = tf.stack([w] * self.num_styles, axis=1)
        if not training:
            return styles
        batch = tf.shape(w)[0]
        mixed = self.random.uniform((batch, 1)) < self.probability
        start = 1 + self.random.integers((batch, 1), self.num_styles - 1)
        from_other = mixed & (tf.range(self.num_styles)[None] >= start)  # (batch, num_styles)
        return tf.where(from_other[:, :, None], other[:, None], styles)

    def compute_output_shape(self, input_shape):
        batch, dim = input_shape[0]
        return (batch, self.num_styles, dim)

    def get_config(self):
        return {
            **super().get_config(),
            "num_styles": self.num_styles,
            "probability": self.probability,
            "seed": self.seed,
        }


@register
class TruncateStyles(layers.Layer):
    """At inference `average + truncation * (w - average)`; in training it tracks the average.

    A truncation below 1 trades variety for quality. (Karras et al., 2019, arXiv 1812.04948,
    appendix B.)

    Args:
        truncation: 1 (the default) leaves w as it is, 0 makes all of them the average.
        momentum: share of the average kept in a training step. Defaults to 0.995.

    Input and output `(batch, num_styles, dim)`.
    """

    def __init__(self, truncation=1.0, *, momentum=0.995, **kwargs):
        super().__init__(**kwargs)
        self.truncation = truncation
        self.momentum = momentum

    def build(self, input_shape):
        self.average = self.add_weight(
            shape=(input_shape[-1],),
            initializer="zeros",
            trainable=False,
            dtype="float32",
            autocast=False,
            name="average",
        )

    def call(self, inputs, training=None):
        average = ops.convert_to_tensor(self.average)
        if training:
            first = tf.stop_gradient(ops.cast(inputs[:, 0], "float32"))  # the one never mixed
            batch_average = replicas.mean(tf.reduce_mean(first, axis=0))
            self.average.assign(average + (1.0 - self.momentum) * (batch_average - average))
            return inputs
        average = ops.cast(average, inputs.dtype)
        return average + self.truncation * (inputs - average)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {
            **super().get_config(),
            "truncation": self.truncation,
            "momentum": self.momentum,
        }


def styles_and_synthesis(generator):
    """The two halves of a generator, with shared weights, for penalties on d image / d w.

    Args:
        generator: what `networks.stylegan2.generator` built.

    Returns:
        Two `keras.Model`s: the generator's inputs to styles `(batch, num_styles, w_dim)`, and these
        to images.

    Raises:
        ValueError: a generator without styles.
    """
    check_has_styles(generator)
    styles = generator.get_layer("truncate").output
    return keras.Model(generator.inputs, styles, name="styles"), generator.get_layer("synthesis")


def truncated(generator, truncation):
    """A generator with the same weights that truncates in w, for sampling.

    Args:
        generator: what `networks.stylegan2.generator` built; its average w is copied as it stands.
        truncation: 1 changes nothing, 0 gives the average image, 0.7 is usual.

    Returns:
        A built `keras.Model` with the inputs and output of the generator.

    Raises:
        ValueError: a generator without styles, or a truncation outside [0, 1].
    """
    check_has_styles(generator)
    if not 0 <= truncation <= 1:
        raise ValueError(
            "`truncation` of styles is in [0, 1], from the average image to none at all. "
            f"Received: {truncation}."
        )
    inputs = [keras.Input(x.shape[1:], dtype=x.dtype, name=x.name) for x in generator.inputs]
    inputs = inputs if len(inputs) > 1 else inputs[0]
    w = generator.get_layer("mapping")(inputs)
    truncate = TruncateStyles(truncation, name="truncate")
    styles = truncate(generator.get_layer("mix")([w, w]))
    truncate.set_weights(generator.get_layer("truncate").get_weights())
    images = generator.get_layer("synthesis")(styles)
    return keras.Model(inputs, images, name=generator.name)


def has_styles(generator):
    """Whether a generator maps latents to styles, as `networks.stylegan2.generator` does."""
    names = {layer.name for layer in generator.layers}
    return {"mapping", "mix", "truncate", "synthesis"} <= names


def check_has_styles(generator):
    """Raises ValueError unless `has_styles`."""
    if not has_styles(generator):
        raise ValueError(
            f"'{generator.name}' has no styles: no layers 'mapping', 'mix', 'truncate', "
            "'synthesis'. Build it with networks.stylegan2.generator."
        )

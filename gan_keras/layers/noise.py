"""Noise for the details that no latent need decide."""

import keras
from keras import ops

from gan_keras.latents import RandomStream
from gan_keras.serialization import register


@register
class AddNoise(keras.layers.Layer):
    """Adds one map of normal noise to all channels, times a learned strength that starts at 0.

    In training the noise is new for each image, from a stream that is saved with the model. At
    inference it is one fixed map, so that equal latents give equal images and a film through latent
    space does not flicker. (Karras et al., 2019, arXiv 1812.04948, section 2; one strength for all
    channels as in StyleGAN2, 2020, arXiv 1912.04958.)

    Args:
        seed: seed of the stream and of the fixed map; another one for each layer. Defaults to 0.

    Input and output `(batch, h, w, c)`.
    """

    def __init__(self, *, seed=0, **kwargs):
        super().__init__(**kwargs)
        self.seed = seed
        self.random = RandomStream(seed)
        self.seed_generator = self.random.generator  # so that Keras finds its state

    def build(self, input_shape):
        self.strength = self.add_weight(shape=(), initializer="zeros", name="strength")
        self.fixed = self.add_weight(
            shape=(1, *input_shape[1:3], 1),
            initializer=keras.initializers.RandomNormal(stddev=1.0, seed=self.seed),
            trainable=False,
            name="fixed",
        )

    def call(self, inputs, training=None):
        if training:
            batch, height, width, _ = ops.shape(inputs)
            noise = self.random.normal((batch, height, width, 1))
        else:
            noise = ops.convert_to_tensor(self.fixed)
        return inputs + ops.cast(self.strength, inputs.dtype) * ops.cast(noise, inputs.dtype)

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "seed": self.seed}

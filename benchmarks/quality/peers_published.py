"""Two GANs with the settings that keras.io's examples publish, in loops of our own.

Only what the settings say is theirs: networks, losses, optimizers, batch sizes, and the habits that
matter (`train_step` without `training=True`, noisy labels, one batch for all critic steps).
"""

import keras
import tensorflow as tf
from keras import layers

LATENT_DIM = 128


class DCGAN(keras.Model):
    """The example "GAN overriding train_step": batches of 64, images in [0, 1]."""

    batch_size = 64

    def __init__(self):
        super().__init__()
        self.generator = keras.Sequential(
            [
                keras.Input((LATENT_DIM,)),
                layers.Dense(7 * 7 * 128),
                layers.LeakyReLU(negative_slope=0.2),
                layers.Reshape((7, 7, 128)),
                *_twice(lambda: layers.Conv2DTranspose(128, 4, strides=2, padding="same")),
                layers.Conv2D(1, 7, padding="same", activation="sigmoid"),
            ]
        )
        self.discriminator = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.Conv2D(64, 3, strides=2, padding="same"),
                layers.LeakyReLU(negative_slope=0.2),
                layers.Conv2D(128, 3, strides=2, padding="same"),
                layers.LeakyReLU(negative_slope=0.2),
                layers.GlobalMaxPooling2D(),
                layers.Dense(1),
            ]
        )

    def start(self):
        """Compiles as published."""
        self.compile()
        self.players = [keras.optimizers.Adam(3e-4) for _ in range(2)]

    def train_step(self, images):
        """The discriminator on both kinds at once, then the generator; fakes have label 1."""
        size, entropy = tf.shape(images)[0], tf.nn.sigmoid_cross_entropy_with_logits
        both = tf.concat(
            [self.generator(tf.random.normal((size, LATENT_DIM))), images / 2 + 0.5], 0
        )
        labels = tf.concat([tf.ones((size, 1)), tf.zeros((size, 1))], axis=0)
        labels += 0.05 * tf.random.uniform(tf.shape(labels))
        with tf.GradientTape() as tape:
            d_loss = tf.reduce_mean(entropy(labels, self.discriminator(both)))
        _move(self.players[0], tape, d_loss, self.discriminator)
        with tf.GradientTape() as tape:
            logits = self.discriminator(self.generator(tf.random.normal((size, LATENT_DIM))))
            g_loss = tf.reduce_mean(entropy(tf.zeros_like(logits), logits))
        _move(self.players[1], tape, g_loss, self.generator)
        return {"d_loss": d_loss, "g_loss": g_loss}

    def images(self, latents):
        """Images in [-1, 1]."""
        return 2 * self.generator(latents) - 1


class WGANGP(keras.Model):
    """The example "WGAN-GP overriding Model.train_step": batches of 512, images in [-1, 1]."""

    batch_size = 512
    critic_steps = 3
    weight = 10.0

    def __init__(self):
        super().__init__()
        blocks = []
        for filters in (128, 64, 1):
            blocks += [
                layers.UpSampling2D(),
                layers.Conv2D(filters, 3, padding="same", use_bias=False),
                layers.BatchNormalization(),
                layers.LeakyReLU(negative_slope=0.2) if filters > 1 else layers.Activation("tanh"),
            ]
        self.generator = keras.Sequential(
            [
                keras.Input((LATENT_DIM,)),
                layers.Dense(4 * 4 * 256, use_bias=False),
                layers.BatchNormalization(),
                layers.LeakyReLU(negative_slope=0.2),
                layers.Reshape((4, 4, 256)),
                *blocks,
                layers.Cropping2D(2),
            ]
        )
        blocks = []
        for filters, dropout in ((64, 0.0), (128, 0.3), (256, 0.3), (512, 0.0)):
            blocks += [
                layers.Conv2D(filters, 5, strides=2, padding="same"),
                layers.LeakyReLU(negative_slope=0.2),
                *([layers.Dropout(dropout)] if dropout else []),
            ]
        self.discriminator = keras.Sequential(
            [
                keras.Input((28, 28, 1)),
                layers.ZeroPadding2D(2),
                *blocks,
                layers.Flatten(),
                layers.Dropout(0.2),
                layers.Dense(1),
            ]
        )

    def start(self):
        """Compiles as published."""
        self.compile()
        self.players = [keras.optimizers.Adam(2e-4, beta_1=0.5, beta_2=0.9) for _ in range(2)]

    def train_step(self, images):
        """Three critic steps on the same images, then the generator."""
        size = tf.shape(images)[0]
        for _ in range(self.critic_steps):
            fake = self.generator(tf.random.normal((size, LATENT_DIM)), training=True)
            with tf.GradientTape() as tape:
                real_mean = tf.reduce_mean(self.discriminator(images, training=True))
                fake_mean = tf.reduce_mean(self.discriminator(fake, training=True))
                d_loss = fake_mean - real_mean + self.weight * self._penalty(images, fake)
            _move(self.players[0], tape, d_loss, self.discriminator)
        with tf.GradientTape() as tape:
            fake = self.generator(tf.random.normal((size, LATENT_DIM)), training=True)
            g_loss = -tf.reduce_mean(self.discriminator(fake, training=True))
        _move(self.players[1], tape, g_loss, self.generator)
        return {"d_loss": d_loss, "g_loss": g_loss}

    def _penalty(self, real, fake):
        between = real + tf.random.normal((tf.shape(real)[0], 1, 1, 1)) * (fake - real)
        with tf.GradientTape() as tape:
            tape.watch(between)
            logits = self.discriminator(between, training=True)
        squares = tf.reduce_sum(tf.square(tape.gradient(logits, between)), axis=(1, 2, 3))
        return tf.reduce_mean(tf.square(tf.sqrt(squares) - 1))

    def images(self, latents):
        """Images in [-1, 1]."""
        return self.generator(latents, training=False)


def _twice(layer):
    return [part for _ in range(2) for part in (layer(), layers.LeakyReLU(negative_slope=0.2))]


def _move(optimizer, tape, loss, network):
    gradients = tape.gradient(loss, network.trainable_weights)
    optimizer.apply_gradients(zip(gradients, network.trainable_weights, strict=True))

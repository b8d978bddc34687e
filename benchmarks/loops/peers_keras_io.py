"""The keras.io way: a `train_step` under `fit`.

A generator pass for each player, real and fake images concatenated for the discriminator, two
logged losses: the shape of keras.io's examples dcgan_overriding_train_step and wgan_gp, with
`training=True` (which they leave out, so that batch norm does not normalise) and fresh real images
for every critic step.
"""

import keras
import tensorflow as tf

from benchmarks.loops import keras_networks, tf_parts
from benchmarks.loops.blocks import Blocks


class KerasIOGAN(keras.Model):
    """A GAN as keras.io's examples write it."""

    def __init__(self, configuration):
        super().__init__()
        self.configuration = configuration
        self.generator = keras_networks.build(configuration, "generator")
        self.discriminator = keras_networks.build(configuration, "discriminator")
        self.average = keras_networks.build(configuration, "generator")
        self.step = self.add_weight(shape=(), dtype="int64", initializer="zeros", trainable=False)
        self.d_loss_metric = keras.metrics.Mean(name="d_loss")
        self.g_loss_metric = keras.metrics.Mean(name="g_loss")

    @property
    def metrics(self):
        return [self.d_loss_metric, self.g_loss_metric]

    def noise(self):
        return tf.random.normal((self.configuration.batch_size, self.configuration.latent_dim))

    def train_step(self, images):
        configuration = self.configuration
        for real in tf.split(images, configuration.discriminator_steps):
            fake = self.generator(self.noise(), training=True)
            with tf.GradientTape() as tape:
                logits = self.discriminator(tf.concat([fake, real], 0), training=True)
                fake_logits, real_logits = tf.split(logits, 2)
                d_loss = tf_parts.DISCRIMINATOR_LOSSES[configuration.loss](real_logits, fake_logits)
                d_loss += tf_parts.penalty(
                    configuration, self.discriminator, real, fake, self.step.value
                )
            variables = self.discriminator.trainable_weights
            self.d_optimizer.apply(tape.gradient(d_loss, variables), variables)
        with tf.GradientTape() as tape:
            fake_logits = self.discriminator(
                self.generator(self.noise(), training=True), training=True
            )
            g_loss = tf_parts.GENERATOR_LOSSES[configuration.loss](fake_logits)
        variables = self.generator.trainable_weights
        self.g_optimizer.apply(tape.gradient(g_loss, variables), variables)
        if configuration.half_life:
            tf_parts.follow(
                self.average, self.generator, configuration.half_life, configuration.batch_size
            )
        self.step.assign_add(1)
        self.d_loss_metric.update_state(d_loss)
        self.g_loss_metric.update_state(g_loss)
        return {metric.name: metric.result() for metric in self.metrics}


def run(configuration, path):
    """Waits for commands, block after block."""
    gan = KerasIOGAN(configuration)
    betas = configuration.beta_1, configuration.beta_2
    gan.compile()
    gan.d_optimizer = keras.optimizers.Adam(configuration.learning_rate, *betas)
    gan.g_optimizer = keras.optimizers.Adam(configuration.learning_rate, *betas)
    blocks = Blocks({"weights": keras_networks.num_weights(gan.generator, gan.discriminator)})
    dataset = tf_parts.dataset_of(configuration, path)
    timed = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: blocks.done())
    gan.fit(dataset, steps_per_epoch=2**30, verbose=0, shuffle=False, callbacks=[timed])

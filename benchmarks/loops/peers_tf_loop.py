"""The TensorFlow tutorial's way: a `tf.function` with two tapes, called in a Python loop.

One generator pass and one discriminator pass over its images serve both players, who move at the
same time: that is one discriminator pass less than an alternating game has. Critic steps before the
last one move the discriminator alone.
"""

import keras
import tensorflow as tf

from benchmarks.loops import keras_networks, tf_parts
from benchmarks.loops.blocks import Blocks


def make_step(configuration, generator, discriminator, average):
    """The training step, on real images for all critic steps."""
    d_loss_of = tf_parts.DISCRIMINATOR_LOSSES[configuration.loss]
    g_loss_of = tf_parts.GENERATOR_LOSSES[configuration.loss]
    betas = configuration.beta_1, configuration.beta_2
    d_optimizer = keras.optimizers.Adam(configuration.learning_rate, *betas)
    g_optimizer = keras.optimizers.Adam(configuration.learning_rate, *betas)
    steps = tf.Variable(0, dtype=tf.int64)

    def fakes():
        latents = tf.random.normal((configuration.batch_size, configuration.latent_dim))
        return tf.cast(generator(latents, training=True), "float32")

    def logits_of(images, training):
        return tf.cast(discriminator(images, training=training), "float32")

    def d_loss_on(real, fake):
        real_logits = logits_of(real, training=True)
        fake_logits = logits_of(fake, training=True)
        penalty = tf_parts.penalty(configuration, logits_of, real, fake, steps)
        return d_loss_of(real_logits, fake_logits) + penalty, g_loss_of(fake_logits)

    @tf.function
    def step(images):
        *critic_batches, last = tf.split(images, configuration.discriminator_steps)
        for real in critic_batches:
            fake = fakes()
            with tf.GradientTape() as d_tape:
                d_loss, _ = d_loss_on(real, fake)
            gradients = d_tape.gradient(d_loss, discriminator.trainable_variables)
            d_optimizer.apply(gradients, discriminator.trainable_variables)
        with tf.GradientTape() as g_tape, tf.GradientTape() as d_tape:
            fake = fakes()
            d_loss, g_loss = d_loss_on(last, fake)
        g_gradients = g_tape.gradient(g_loss, generator.trainable_variables)
        d_gradients = d_tape.gradient(d_loss, discriminator.trainable_variables)
        g_optimizer.apply(g_gradients, generator.trainable_variables)
        d_optimizer.apply(d_gradients, discriminator.trainable_variables)
        if configuration.half_life:
            tf_parts.follow(average, generator, configuration.half_life, configuration.batch_size)
        steps.assign_add(1)

    return step


def run(configuration, path, precision="float32"):
    """Waits for commands, block after block."""
    keras.config.set_dtype_policy(precision)
    generator = keras_networks.build(configuration, "generator")
    discriminator = keras_networks.build(configuration, "discriminator")
    average = keras_networks.build(configuration, "generator")
    step = make_step(configuration, generator, discriminator, average)
    blocks = Blocks({"weights": keras_networks.num_weights(generator, discriminator)})
    for images in tf_parts.dataset_of(configuration, path):
        step(images)
        blocks.done()

"""What the two TensorFlow loops that we compare with share: losses, penalties, data."""

import numpy as np
import tensorflow as tf

from benchmarks.loops.configurations import R1_INTERVAL


def images_of(path):
    """float32 images in [-1, 1] out of the benchmark's file of uint8."""
    return np.load(path).astype("float32") / 127.5 - 1.0


def dataset_of(configuration, path):
    """Shuffled batches without end, for all critic steps of a training step."""
    images = images_of(path)
    batch_size = configuration.batch_size * configuration.discriminator_steps
    dataset = tf.data.Dataset.from_tensor_slices(images).shuffle(len(images)).repeat()
    return dataset.batch(batch_size, drop_remainder=True).prefetch(tf.data.AUTOTUNE)


def non_saturating(real, fake):
    return tf.reduce_mean(tf.nn.softplus(-real)) + tf.reduce_mean(tf.nn.softplus(fake))


def hinge(real, fake):
    return tf.reduce_mean(tf.nn.relu(1 - real)) + tf.reduce_mean(tf.nn.relu(1 + fake))


def wasserstein(real, fake):
    return tf.reduce_mean(fake) - tf.reduce_mean(real)


DISCRIMINATOR_LOSSES = {
    "non_saturating": non_saturating,
    "hinge": hinge,
    "wasserstein": wasserstein,
}
GENERATOR_LOSSES = {
    "non_saturating": lambda fake: tf.reduce_mean(tf.nn.softplus(-fake)),
    "hinge": lambda fake: -tf.reduce_mean(fake),
    "wasserstein": lambda fake: -tf.reduce_mean(fake),
}


def penalty(configuration, discriminator, real, fake, step):
    """The configuration's penalty, on a pass of its own, as examples write it."""
    if configuration.gradient_penalty:
        alpha = tf.random.uniform((real.shape[0], 1, 1, 1))
        norms = tf.sqrt(slopes(discriminator, real + alpha * (fake - real)) + 1e-12)
        return configuration.gradient_penalty * tf.reduce_mean((norms - 1.0) ** 2)
    if configuration.r1:
        weight = 0.5 * configuration.r1 * R1_INTERVAL
        return tf.cond(
            step % R1_INTERVAL == 0,
            lambda: weight * tf.reduce_mean(slopes(discriminator, real)),
            lambda: 0.0,
        )
    return 0.0


def slopes(discriminator, images):
    """Squared length of each image's gradient, (batch,)."""
    with tf.GradientTape() as tape:
        tape.watch(images)
        logits = discriminator(images, training=True)
    return tf.reduce_sum(tape.gradient(logits, images) ** 2, axis=(1, 2, 3))


def follow(average, generator, half_life, batch_size):
    """One step of a moving average of the weights."""
    decay = 0.5 ** (batch_size / half_life)
    for old, new in zip(average.weights, generator.weights, strict=True):
        old.assign(decay * old + (1.0 - decay) * new)

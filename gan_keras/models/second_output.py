"""Discriminators with a second output: classes, features, turns."""

import tensorflow as tf


def check(discriminator, what, size=None):
    """Raises ValueError unless a discriminator has two outputs, the second as wide as it must be.

    Args:
        discriminator: a `keras.Model`.
        what: what the second output is, for the error.
        size: width that its last axis must have, or None for any.
    """
    count = len(discriminator.outputs)
    if count != 2:
        raise ValueError(
            f"`discriminator` must give [logits, {what}]. Received: {count} output(s). "
            "Add one with `gan_keras.networks.heads`."
        )
    width = discriminator.outputs[1].shape[-1]
    if size is not None and width != size:
        raise ValueError(
            f"`discriminator` must give {size} {what}. Received: an output of width {width}. "
            "Build it with the same number."
        )


def cross_entropy(logits, labels):
    """Mean of -log p(label), float32, from logits (batch, classes) and int labels (batch,)."""
    logits = tf.cast(logits, tf.float32)
    return tf.reduce_mean(
        tf.nn.sparse_softmax_cross_entropy_with_logits(labels=labels, logits=logits)
    )


def accuracy(logits, labels):
    """Share of the batch whose largest logit is at its label, in [0, 1]."""
    hits = tf.equal(tf.argmax(logits, axis=-1, output_type=tf.int32), labels)
    return tf.reduce_mean(tf.cast(hits, tf.float32))

"""An order of samples in which every class comes equally often, however many it has.

The stream is made of rounds, one sample of each class in a random order, so that any batch has the
same number of each class but for the rounds that its ends cut. Within a class, samples come in
passes, each in an order of its own. All of it is a function of (seed, position) alone: the stream
can be entered anywhere.
"""

import numpy as np
import tensorflow as tf

ENDLESS = 2**62
ROUNDS = 64  # drawn at a time


def positions(labels, start, *, seed, shuffle):
    """An endless `tf.data.Dataset` of indices into `labels`, int64 vectors of no fixed length.

    Args:
        labels: int array (n,).
        start: int or int64 scalar tensor, the place in the stream to begin at.
        seed: which order.
        shuffle: whether rounds and passes have random orders.
    """
    members = [np.flatnonzero(labels == label) for label in np.unique(labels)]
    num_classes = len(members)
    chunk_size = ROUNDS * num_classes
    first_chunk = tf.cast(start, tf.int64) // chunk_size
    offset = tf.cast(start, tf.int64) % chunk_size
    classes = tuple(
        _of_class(own, first_chunk * ROUNDS, seed=(seed, index), shuffle=shuffle)
        for index, own in enumerate(members)
    )
    chunks = tf.data.Dataset.zip((tf.data.Dataset.range(first_chunk, ENDLESS), *classes))

    def flat(chunk, *drawn):
        rounds = tf.stack(drawn, axis=1)  # (rounds, classes)
        if shuffle:
            numbers = _numbers((ROUNDS, num_classes), (seed, num_classes), chunk)
            rounds = tf.gather(rounds, tf.argsort(numbers, axis=1), batch_dims=1)
        begin = tf.where(chunk == first_chunk, offset, 0)
        return tf.reshape(rounds, (-1,))[begin:]

    return chunks.map(flat)


def _of_class(members, start, *, seed, shuffle):
    """Endless passes over one class from place `start` on, `ROUNDS` indices at a time."""
    size = len(members)
    first_pass = start // size

    def order(index):
        own = tf.constant(members, tf.int64)
        if shuffle:
            own = tf.gather(own, tf.argsort(_numbers((size,), seed, index)))
        return own[tf.where(index == first_pass, start % size, 0) :]

    passes = tf.data.Dataset.range(first_pass, ENDLESS).map(order)
    return passes.rebatch(ROUNDS, drop_remainder=True)


def _numbers(shape, seed, index):
    """Random numbers that follow from a pair of integers and the index of a draw alone."""
    key = tf.random.experimental.stateless_fold_in(tf.constant(seed, tf.int64), index)
    return tf.random.stateless_uniform(shape, seed=key, dtype=tf.float32, alg="philox")

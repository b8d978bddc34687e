"""The few questions that mathematics must ask of `tf.distribute`: how many are we, which one am I.

Outside a strategy there is one replica, and every function here is free.
"""

import tensorflow as tf


def count():
    """Number of replicas that step together; 1 without a strategy or outside its replicas."""
    if tf.distribute.in_cross_replica_context():
        return 1
    return tf.distribute.get_strategy().num_replicas_in_sync


def index():
    """This replica's place among them, an int or a scalar tensor in [0, count)."""
    return 0 if count() == 1 else tf.distribute.get_replica_context().replica_id_in_sync_group


def total(value):
    """Sum over replicas of a tensor (or a nest of them); differentiable."""
    if count() == 1:
        return value
    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.SUM, value)


def mean(value):
    """Mean over replicas of a tensor (or a nest of them); differentiable."""
    if count() == 1:
        return value
    context = tf.distribute.get_replica_context()
    return context.all_reduce(tf.distribute.ReduceOp.MEAN, value)

"""The optimizer's sum of gradients over replicas, each gradient for itself.

TensorFlow's `all_reduce`, which every Keras optimizer calls, also on one device, passes all
gradients through one operation (IdentityN). The graph optimizer then sees a path from each gradient
to every update. It holds the order of a variable's read and its update for given by that path,
drops it, and later takes the operation out, and the path with it. An update may then overtake a
read: a gradient penalty reads a bias that decides the signs of slopes alone, so no gradient of the
bias's own keeps the two in order. One to five fits of three steps in 2,500 read the new bias.

The operation is there for derivatives of the sum, which no optimizer takes.
"""

import functools

import tensorflow as tf


def keep_apart(optimizer):
    """Makes a Keras optimizer sum each gradient over the replicas apart from the others.

    Args:
        optimizer: a Keras optimizer, not inside a `LossScaleOptimizer`.
    """
    optimizer._all_reduce_sum_gradients = functools.partial(_summed, optimizer)


def each_total(gradients):
    """Sums over replicas of a list of tensors, each for itself; not differentiable."""
    if tf.distribute.get_strategy().num_replicas_in_sync == 1:
        return gradients
    context = tf.distribute.get_replica_context()
    if tf.__internal__.distribute.strategy_supports_no_merge_call():
        # Collectives: they pack gradients together, so there all wait for all in earnest.
        return context.all_reduce(tf.distribute.ReduceOp.SUM, gradients)
    return context.merge_call(_reduced, args=(gradients,))


def _summed(optimizer, gradients_and_variables):
    """In place of the optimizer's `_all_reduce_sum_gradients`, which also minds missing ones."""
    pairs = list(gradients_and_variables)
    if any(gradient is None for gradient, _ in pairs) or tf.distribute.in_cross_replica_context():
        return type(optimizer)._all_reduce_sum_gradients(optimizer, pairs)
    gradients, variables = zip(*pairs, strict=True)
    return list(zip(each_total(list(gradients)), variables, strict=True))


def _reduced(strategy, gradients):
    pairs = [(gradient, gradient) for gradient in gradients]
    return strategy.extended.batch_reduce_to(tf.distribute.ReduceOp.SUM, pairs)

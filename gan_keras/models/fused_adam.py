"""Adam's update as TensorFlow's single operation for each variable.

Keras writes Adam (Kingma and Ba, 2015, arXiv:1412.6980) as some twenty small operations for each
variable, each with a pass over memory of its own. The fused kernel does the same arithmetic in one
pass: benchmarks/speed/profile_step.py shows what that is worth. (It rounds beta_2 to float32 before
it takes 1 - beta_2: Adam with a beta_2 of 0.99900001.)
"""

import functools

import keras
import tensorflow as tf


def fuse(optimizer):
    """Makes a Keras optimizer whose rule is Adam's apply it by the fused kernel; others stay.

    Only the innermost rule changes: clipping, schedules, weight decay, loss scaling, averaging and
    saving stay Keras's, and so do the optimizer's variables. Under a `tf.distribute` strategy, and
    with `amsgrad`, Keras's own rule is kept.

    Args:
        optimizer: a Keras optimizer, not inside a `LossScaleOptimizer`.
    """
    if type(optimizer).update_step is keras.optimizers.Adam.update_step and not optimizer.amsgrad:
        optimizer.update_step = functools.partial(_update_step, optimizer)


def _update_step(optimizer, gradient, variable, learning_rate):
    if tf.distribute.has_strategy():
        type(optimizer).update_step(optimizer, gradient, variable, learning_rate)
        return
    dtype = variable.dtype
    steps = tf.cast(optimizer.iterations.value + 1, dtype)
    beta_1, beta_2 = (tf.cast(beta, dtype) for beta in (optimizer.beta_1, optimizer.beta_2))
    index = optimizer._get_variable_index(variable)
    first_moment, second_moment = optimizer._momentums[index], optimizer._velocities[index]
    tf.raw_ops.ResourceApplyAdam(
        var=variable.handle,
        m=first_moment.value.handle,
        v=second_moment.value.handle,
        beta1_power=tf.pow(beta_1, steps),
        beta2_power=tf.pow(beta_2, steps),
        lr=tf.cast(learning_rate, dtype),
        beta1=beta_1,
        beta2=beta_2,
        epsilon=tf.cast(optimizer.epsilon, dtype),
        grad=tf.cast(tf.convert_to_tensor(gradient), dtype),  # a gradient of rows becomes whole
    )

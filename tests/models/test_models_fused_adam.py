"""The fused update against Keras's own, step by step."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.models import fused_adam

STEPS = 5
# Numbers that float32 holds exactly: the kernel takes 1 - beta of the rounded one, Keras of the
# other, so that with 0.999 their second moments differ by 1.3e-5 of themselves.
BETAS = {"beta_1": 0.5, "beta_2": 1 - 2**-10}


def trained(fused, make, gradients_of):
    """Weights and moments after a few steps in a graph."""
    random = np.random.default_rng(0)
    variables = [
        keras.Variable(random.normal(size=shape).astype("float32")) for shape in ((5, 3), (3,))
    ]
    optimizer = make()
    if fused:
        fused_adam.fuse(optimizer)
    optimizer.build(variables)
    step = tf.function(lambda grads: optimizer.apply(grads, variables))
    for number in range(STEPS):
        step(gradients_of(number))
    return [np.array(v.numpy()) for v in (*variables, *optimizer.variables)]


def dense(number):
    random = np.random.default_rng(100 + number)
    return [tf.constant(random.normal(size=shape), tf.float32) for shape in ((5, 3), (3,))]


def of_rows(number):
    """As an embedding gives them: rows 1 and 4."""
    first, second = dense(number)
    rows = tf.constant([1, 4])
    return [tf.IndexedSlices(tf.gather(first, rows), rows, tf.constant([5, 3])), second]


OPTIMIZERS = {
    "adam": lambda: keras.optimizers.Adam(0.1, **BETAS),
    "decay": lambda: keras.optimizers.AdamW(0.1, weight_decay=0.01, clipnorm=0.5, **BETAS),
    "schedule": lambda: keras.optimizers.Adam(
        keras.optimizers.schedules.ExponentialDecay(0.1, 2, 0.5),
        global_clipnorm=1.0,
        use_ema=True,
        **BETAS,
    ),
}


@pytest.mark.parametrize("make", OPTIMIZERS.values(), ids=OPTIMIZERS)
@pytest.mark.parametrize("gradients_of", [dense, of_rows])
def test_takes_the_steps_of_keras(make, gradients_of):
    if gradients_of is of_rows and make is OPTIMIZERS["schedule"]:
        pytest.skip("Keras clips no gradient of rows by its global norm")
    plain, fused = trained(False, make, gradients_of), trained(True, make, gradients_of)
    for a, b in zip(plain, fused, strict=True):
        assert np.max(np.abs(np.float64(a) - np.float64(b))) < 2e-6
    assert np.max(np.abs(fused[0] - trained(True, make, lambda n: dense(n + 1))[0])) > 0.01


def test_the_first_step_by_hand():
    # m = 0.5 * 4 = 2 and v = 16 / 1024 = 0.015625; corrected, 4 and 16: the step is
    # 0.1 * 4 / sqrt(16) = 0.1, whatever the gradient.
    variable = keras.Variable(np.float32([1.0]))
    optimizer = keras.optimizers.Adam(0.1, **BETAS)
    fused_adam.fuse(optimizer)
    optimizer.apply([tf.constant([4.0])], [variable])
    assert abs(float(variable.numpy()[0]) - 0.9) < 1e-5
    assert abs(float(optimizer._momentums[0].numpy()[0]) - 2.0) < 1e-6
    assert abs(float(optimizer._velocities[0].numpy()[0]) - 0.015625) < 1e-7


def test_a_row_that_comes_twice_counts_as_its_sum():
    # Rows 4 and -4 of the same weight: their sum is 0, and so is the step. (Keras's own rule gives
    # v = 0.001 * (16 + 16) and m = 0 here.)
    variable = keras.Variable(np.float32([[1.0], [2.0]]))
    optimizer = keras.optimizers.Adam(0.1)
    fused_adam.fuse(optimizer)
    twice = tf.IndexedSlices(tf.constant([[4.0], [-4.0]]), tf.constant([0, 0]), tf.constant([2, 1]))
    optimizer.apply([twice], [variable])
    assert np.array_equal(variable.numpy(), [[1.0], [2.0]])
    assert np.array_equal(optimizer._velocities[0].numpy(), [[0.0], [0.0]])


def test_leaves_other_rules_alone():
    for optimizer in (keras.optimizers.Adam(amsgrad=True), keras.optimizers.Adamax()):
        fused_adam.fuse(optimizer)
        assert "update_step" not in vars(optimizer)


def test_one_operation_a_variable():
    variable = keras.Variable(np.float32([1.0]))
    optimizer = keras.optimizers.Adam()
    fused_adam.fuse(optimizer)
    optimizer.build([variable])
    graph = tf.function(lambda g: optimizer.apply([g], [variable])).get_concrete_function(
        tf.TensorSpec((1,))
    )
    types = [operation.type for operation in graph.graph.get_operations()]
    assert types.count("ResourceApplyAdam") == 1

"""Penalties that keep numbers from step to step, and feature matching, which has no critic."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.penalties import Critic, FeatureMatching, HistoricalAveraging, LeCam


def identity_critic():
    return Critic(lambda x: x, None)


def test_lecam_by_hand():
    penalty = LeCam(weight=2.0, decay=0.9)
    anchors = penalty.build([])
    real, fake = tf.constant([[1.0], [3.0]]), tf.constant([[-1.0], [-1.0]])
    # both averages are 0: 2 * ((1 + 9) / 2 + 1) = 12
    assert abs(float(penalty.compute(identity_critic(), real, fake)) - 12.0) < 1e-5
    # 0.1 of the means 2 and -1
    assert np.allclose(anchors.means, [0.2, -0.1], atol=1e-6)
    # real against -0.1: (1.21 + 9.61) / 2 = 5.41; fake against 0.2: 1.44; 2 * 6.85 = 13.7
    assert abs(float(penalty.compute(identity_critic(), real, fake)) - 13.7) < 1e-4
    assert np.allclose(anchors.means, [0.9 * 0.2 + 0.2, -0.09 - 0.1], atol=1e-6)


def test_no_gradient_runs_through_lecam_s_averages():
    penalty = LeCam(weight=1.0)
    penalty.build([])
    real = tf.constant([[2.0]])
    with tf.GradientTape() as tape:
        tape.watch(real)
        value = penalty.compute(identity_critic(), real, tf.zeros((1, 1)))
    assert abs(float(tape.gradient(value, real)[0, 0]) - 4.0) < 1e-5


def test_lecam_in_a_compiled_step():
    penalty = LeCam()
    anchors = penalty.build([])

    @tf.function(jit_compile=True)
    def step(real, fake):
        return penalty.compute(identity_critic(), real, fake)

    step(tf.ones((2, 1)), -tf.ones((2, 1)))
    assert np.allclose(anchors.means, [0.01, -0.01], atol=1e-6)


def test_historical_averaging_by_hand():
    network = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False)])
    kernel = network.trainable_variables[0]
    kernel.assign([[2.0]])
    penalty = HistoricalAveraging(weight=0.5)
    past = penalty.build([network])
    expected = [
        (2.0, 0.0, 2.0),  # step 1: at its start
        (4.0, 0.5 * 2.0**2, 3.0),  # 4 against the mean of (2)
        (6.0, 0.5 * 3.0**2, 4.0),  # 6 against the mean of (2, 4)
    ]
    for value, term, mean in expected:
        kernel.assign([[value]])
        with tf.GradientTape() as tape:
            computed = penalty.compute(None, None, None)
        assert abs(float(computed) - term) < 1e-5
        assert abs(float(past.means[0].numpy()[0, 0]) - mean) < 1e-5
    # d/dw 0.5 (w - 3)^2 at 6
    assert abs(float(tape.gradient(computed, kernel.value)[0, 0]) - 3.0) < 1e-5
    assert len(past.weights) == 2
    assert not past.trainable_variables


@pytest.mark.parametrize("penalty", [LeCam, HistoricalAveraging])
def test_state_wants_to_be_built(penalty):
    with pytest.raises(ValueError, match="build"):
        penalty().compute(identity_critic(), tf.ones((1, 1)), tf.ones((1, 1)))


class Features:
    """A critic whose features are the images themselves."""

    features = staticmethod(tf.identity)


def test_feature_matching_by_hand():
    # means (2, 3) and (1, 1): 1 + 4 = 5
    real, fake = tf.constant([[1.0, 2.0], [3.0, 4.0]]), tf.constant([[0.0, 2.0], [2.0, 0.0]])
    assert abs(float(FeatureMatching(weight=2.0).compute(Features(), real, fake)) - 10.0) < 1e-5


def test_feature_matching_moves_the_fakes_only():
    real, fake = tf.constant([[1.0]]), tf.constant([[3.0]])
    with tf.GradientTape() as tape:
        tape.watch([real, fake])
        value = FeatureMatching().compute(Features(), real, fake)
    to_real, to_fake = tape.gradient(value, [real, fake])
    assert to_real is None
    assert abs(float(to_fake[0, 0]) - 4.0) < 1e-6

"""Gradient penalties against critics whose gradient is known in closed form."""

import math

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.latents import RandomStream
from gan_keras.penalties import DRAGAN, R1, R2, Critic, GradientPenalty

WEIGHTS = np.array([[3.0], [4.0]], "float32")  # of length 5
REAL = np.array([[1.0, 0.0], [0.0, 2.0]], "float32")
FAKE = np.array([[0.0, 0.0], [3.0, 0.0]], "float32")


def linear():
    """D(x) = 3 x0 + 4 x1: gradient (3, 4) everywhere."""
    return Critic(lambda x: x @ tf.constant(WEIGHTS), RandomStream(0))


def quadratic():
    """D(x) = |x|^2: gradient 2x, of length 2 |x|."""
    return Critic(lambda x: tf.reduce_sum(x * x, axis=1, keepdims=True), RandomStream(0))


def flat():
    return Critic(lambda x: 0.0 * tf.reduce_sum(x, axis=1, keepdims=True), RandomStream(0))


def compute(penalty, critic, real=REAL, fake=FAKE):
    value = penalty.compute(critic, tf.constant(real), tf.constant(fake))
    assert value.dtype == "float32"
    assert value.shape == ()
    return float(value)


@pytest.mark.parametrize("penalty", [R1, R2])
def test_zero_centered_on_a_linear_critic(penalty):
    # gamma / 2 * 25
    assert abs(compute(penalty(weight=0.3), linear()) - 3.75) < 1e-5


def test_zero_centered_looks_at_its_own_side():
    # |2x|^2: real 4, 16 -> mean 10; fake 0, 36 -> mean 18; halved
    assert abs(compute(R1(weight=1.0), quadratic()) - 5.0) < 1e-5
    assert abs(compute(R2(weight=1.0), quadratic()) - 9.0) < 1e-5


def test_sum_over_pixels_and_mean_over_the_batch():
    # D = sum of all pixels: the squared gradient is the number of pixels, 4*4*3 = 48
    critic = Critic(lambda x: tf.reduce_sum(x, axis=[1, 2, 3])[:, None], None)
    images = np.ones((5, 4, 4, 3), "float32")
    assert abs(compute(R1(weight=2.0), critic, images, images) - 48.0) < 1e-4


def test_a_pass_serves_the_loss_and_every_penalty_of_the_same_images():
    passes = []

    def score(x):
        passes.append(x)
        return x @ tf.constant(WEIGHTS)

    critic, real, fake = Critic(score, None), tf.constant(REAL), tf.constant(FAKE)
    assert np.allclose(critic(real), REAL @ WEIGHTS)
    for penalty in (R1(), R1(weight=2.0), R2()):
        penalty.compute(critic, real, fake)
    assert len(passes) == 2
    assert passes[0] is real
    assert passes[1] is fake


def test_interval_is_left_to_the_model():
    assert abs(compute(R1(weight=0.3, interval=8), linear()) - 3.75) < 1e-5


def test_gradient_penalty_on_a_linear_critic():
    # 10 (5 - 1)^2; 10 (5 - 6)^2, and nothing for a slope below the target where one-sided
    assert abs(compute(GradientPenalty(), linear()) - 160.0) < 1e-3
    assert abs(compute(GradientPenalty(target=6.0), linear()) - 10.0) < 1e-3
    assert compute(GradientPenalty(target=6.0, one_sided=True), linear()) == 0.0
    assert abs(compute(GradientPenalty(one_sided=True), linear()) - 160.0) < 1e-3


def test_gradient_penalty_has_one_alpha_and_one_norm_for_each_image():
    # with |x|^2 and fake = 0 the slope at alpha is 2 (1 - alpha) |x|
    alpha = RandomStream(0).uniform((2, 1)).numpy()[:, 0]
    slopes = 2 * (1 - alpha) * np.array([1.0, 2.0])
    assert abs(alpha[0] - alpha[1]) > 0.01
    expected = np.mean((slopes - 1) ** 2)
    value = compute(GradientPenalty(weight=1.0), quadratic(), REAL, np.zeros_like(REAL))
    assert abs(value - expected) < 1e-5


def test_gradient_penalty_stands_on_the_line_between():
    # D(x) = x0^2 / 2 has slope |x0|; all points between 2 and 2 have slope 2
    critic = Critic(lambda x: 0.5 * x[:, :1] ** 2, RandomStream(1))
    both = np.full((3, 2), 2.0, "float32")
    assert abs(compute(GradientPenalty(weight=1.0, target=0.5), critic, both, both) - 2.25) < 1e-5


def test_dragan_is_around_the_real_images_only():
    assert abs(compute(DRAGAN(), linear(), fake=np.full_like(FAKE, np.nan)) - 160.0) < 1e-3
    # |x|^2 around 0: slope 2 stddev sqrt(chi2), E slope^2 = 4 stddev^2 * 2
    real = np.zeros((4000, 2), "float32")
    value = compute(DRAGAN(weight=1.0, target=0.0, stddev=0.5), quadratic(), real, real)
    assert abs(value - 2.0) < 0.15


def test_dragan_draws_for_each_pixel():
    # (x0 - x1)^2 / 2 has slope sqrt(2) |x0 - x1|: around 0, E slope^2 = 4 stddev^2
    critic = Critic(lambda x: 0.5 * (x[:, :1] - x[:, 1:]) ** 2, RandomStream(2))
    value = compute(DRAGAN(weight=1.0, target=0.0, stddev=0.5), critic, np.zeros((4000, 2), "f"))
    assert abs(value - 1.0) < 0.1


@pytest.mark.parametrize("penalty", [R1(), R2(), GradientPenalty(), DRAGAN()])
def test_a_flat_critic_gives_finite_numbers_and_gradients(penalty):
    slope = tf.Variable([[0.0], [0.0]])
    with tf.GradientTape() as tape:
        critic = Critic(lambda x: x @ slope, RandomStream(0))
        value = penalty.compute(critic, tf.constant(REAL), tf.constant(FAKE))
    assert np.all(np.isfinite(tape.gradient(value, slope)))
    # (0 - 1)^2 times the weight for those with a target
    assert abs(float(value) - penalty.weight * getattr(penalty, "target", 0.0)) < 1e-4


def test_gradient_of_r1_to_the_weights():
    # d/dw of 0.5 |w|^2 is w
    slope = tf.Variable(WEIGHTS)
    with tf.GradientTape() as tape:
        value = R1().compute(Critic(lambda x: x @ slope, None), tf.constant(REAL), None)
    assert np.allclose(tape.gradient(value, slope), WEIGHTS, atol=1e-6)


def test_half_precision_critic():
    critic = Critic(lambda x: tf.cast(x, "float16") @ tf.constant(WEIGHTS, "float16"), None)
    assert abs(compute(R1(weight=1.0), critic) - 12.5) < 1e-3


class Fixed:
    """Numbers that do not hang on who compiles them."""

    def uniform(self, shape):
        return tf.fill(shape, 0.25)

    def normal(self, shape):
        return tf.fill(shape, 0.5)


@pytest.mark.parametrize("penalty", [R1(), GradientPenalty(), DRAGAN()])
def test_same_under_xla(penalty):
    def value(real, fake):
        critic = Critic(lambda x: tf.reduce_sum(x**3, axis=1, keepdims=True), Fixed())
        return penalty.compute(critic, real, fake)

    real, fake = tf.constant(REAL), tf.constant(FAKE)
    under_xla = tf.function(value, jit_compile=True)(real, fake)
    assert math.isclose(float(under_xla), float(value(real, fake)), rel_tol=1e-5)


def test_errors():
    with pytest.raises(ValueError, match="target"):
        GradientPenalty(target=-1.0)
    with pytest.raises(ValueError, match="stddev"):
        DRAGAN(stddev=0.0)

"""What must hold for every loss."""

import dataclasses

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import losses
from gan_keras.serialization import register

EXTREME = [-1e4, 1e4, 0.0, 1e4, -1e4]
every_loss = pytest.mark.parametrize("name", losses.NAMES)


def gradients(function, real, fake):
    real, fake = tf.constant(real), tf.constant(fake)
    with tf.GradientTape(persistent=True) as tape:
        tape.watch([real, fake])
        value = function(real, fake)
    return value, tape.gradient(value, real), tape.gradient(value, fake)


@every_loss
@pytest.mark.parametrize("player", ["discriminator", "generator"])
@pytest.mark.parametrize("dtype", ["float32", "float16"])
def test_finite_at_ten_thousand(name, player, dtype):
    real = np.array(EXTREME, dtype)
    function = getattr(losses.get(name), player)
    value, to_real, to_fake = gradients(function, real, real[::-1].copy())
    assert value.dtype == "float32"
    assert value.shape == ()
    assert np.isfinite(value)
    for gradient in (to_real, to_fake):
        assert gradient is None or np.all(np.isfinite(gradient))


@every_loss
@pytest.mark.parametrize("dtype", ["float16", "bfloat16"])
def test_half_precision_logits_are_computed_in_float32(name, dtype):
    loss = losses.get(name)
    real, fake = tf.constant([1.5, -0.25], dtype), tf.constant([0.5, -3.0], dtype)
    for player in ("discriminator", "generator"):
        half = getattr(loss, player)(real, fake)
        full = getattr(loss, player)(tf.cast(real, "float32"), tf.cast(fake, "float32"))
        assert float(half) == float(full)


@every_loss
def test_gradients_point_the_right_way(name):
    """The discriminator wants real up and fake down; the generator wants fake up."""
    loss = losses.get(name)
    real, fake = np.array([0.2, -0.1], "float32"), np.array([0.1, 0.3], "float32")
    _, to_real, to_fake = gradients(loss.discriminator, real, fake)
    assert np.all(to_real.numpy() < 0)
    assert np.all(to_fake.numpy() > 0)
    _, to_real, to_fake = gradients(loss.generator, real, fake)
    assert np.all(to_fake.numpy() < 0)
    assert (to_real is not None) == loss.generator_needs_real


@every_loss
def test_the_generator_needs_real_logits_only_where_it_says_so(name):
    loss = losses.get(name)
    if not loss.generator_needs_real:
        assert np.isfinite(loss.generator(None, tf.zeros((2, 1))))


@every_loss
def test_mean_over_logits_of_any_rank(name):
    loss = losses.get(name)
    rng = np.random.default_rng(0)
    real, fake = rng.normal(size=(2, 12)).astype("float32")
    patches = [x.reshape(1, 3, 4, 1) for x in (real, fake)]
    for player in ("discriminator", "generator"):
        flat, shaped = getattr(loss, player)(real, fake), getattr(loss, player)(*patches)
        assert abs(float(flat) - float(shaped)) < 1e-6


@every_loss
def test_gives_itself_back(name):
    loss = losses.get(name)
    if "label_smoothing" in loss.get_config():
        loss = type(loss)(label_smoothing=0.2)
    config = keras.saving.serialize_keras_object(loss)
    assert keras.saving.deserialize_keras_object(config) == loss
    assert losses.get(config) == loss
    assert losses.get(loss) is loss


def test_a_loss_of_one_s_own():
    @register
    @dataclasses.dataclass(kw_only=True)
    class Linear(losses.Loss):
        slope: float = 2.0

        def discriminator(self, real_logits, fake_logits):
            return self.slope * tf.reduce_mean(fake_logits - real_logits)

        def generator(self, real_logits, fake_logits):
            return -self.slope * tf.reduce_mean(fake_logits)

    again = losses.get(keras.saving.serialize_keras_object(Linear(slope=3.0)))
    assert again == Linear(slope=3.0)
    assert float(again.generator(None, tf.ones(2))) == -3.0


def test_errors():
    with pytest.raises(ValueError, match="Did you mean 'hinge'"):
        losses.get("hing")
    with pytest.raises(TypeError, match=r"Hinge\(\)"):
        losses.get(losses.Hinge)
    with pytest.raises(TypeError, match="Received: 3"):
        losses.get(3)
    with pytest.raises(ValueError, match=r"\[0, 0.5\)"):
        losses.NonSaturating(label_smoothing=0.5)
    with pytest.raises(ValueError, match=r"\[0, 0.5\)"):
        losses.LeastSquares(label_smoothing=-0.1)
    with pytest.raises(NotImplementedError, match="generator"):
        losses.Loss().generator(None, None)

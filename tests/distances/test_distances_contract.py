"""What must hold for every distance."""

import doctest

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras import distances

every_distance = pytest.mark.parametrize(
    "name",
    [name for name in distances.NAMES if name != "perceptual"],  # its own file: it wants an extra
)


def sides(distance, seed=0, dtype="float32"):
    """Real and fake images, or features of two scales with two layers each."""
    random = np.random.default_rng(seed)
    if distance.name == "mel_l1":  # of waves: quiet, then loud
        waves = random.uniform(-1, 1, (2, 2, 2_048, 1)) * [[[[0.1]]], [[[1.0]]]]
        return tuple(tf.constant(side, dtype) for side in waves.astype("float32"))
    images = random.uniform(-1, 1, (2, 2, 13, 12, 3)).astype("float32")
    real, fake = (tf.constant(side, dtype) for side in images)
    if not distance.needs_features:
        return real, fake
    return tuple([[side, side[:, :4]], [side[:, ::2], side[:, 1::2]]] for side in (real, fake))


@every_distance
def test_zero_for_equal_sides_and_positive_for_others(name):
    distance = distances.get(name)
    real, fake = sides(distance)
    assert abs(float(distance(real, real))) < 1e-6
    value = distance(real, fake)
    assert value.dtype == "float32"
    assert value.shape == ()
    assert float(value) > 0.01


@every_distance
def test_the_weight_is_a_factor(name):
    kind = distances.NAMES[name]
    real, fake = sides(kind())
    one, three = kind(weight=1.0)(real, fake), kind(weight=3.0)(real, fake)
    np.testing.assert_allclose(three, 3 * one, rtol=1e-6)
    assert float(kind(weight=0)(real, fake)) == 0.0


@every_distance
def test_a_step_against_the_gradient_comes_nearer_under_xla_too(name):
    distance = distances.get(name)
    real, fake = sides(distance)

    def moved(real, fake):
        with tf.GradientTape() as tape:
            tape.watch(fake)
            value = distance(real, fake)
        flat = tf.nest.flatten(tape.gradient(value, fake))
        return value, flat

    (value, gradients), (compiled, again) = (
        tf.function(moved, jit_compile=jit)(real, fake) for jit in (False, True)
    )
    np.testing.assert_allclose(value, compiled, rtol=1e-5)
    for gradient, same in zip(gradients, again, strict=True):
        assert float(tf.reduce_max(tf.abs(gradient))) > 0
        np.testing.assert_allclose(gradient, same, atol=1e-6)
    nearer = [f - 1e-3 * g for f, g in zip(tf.nest.flatten(fake), gradients, strict=True)]
    assert float(distance(real, tf.nest.pack_sequence_as(fake, nearer))) < float(value)


@every_distance
def test_half_precision_is_computed_in_float32(name):
    distance = distances.get(name)
    real, fake = sides(distance, dtype="float16")
    full = [tf.nest.map_structure(lambda x: tf.cast(x, "float32"), side) for side in (real, fake)]
    assert float(distance(real, fake)) == float(distance(*full))


@every_distance
def test_the_mean_over_images_is_that_of_each(name):
    distance = distances.get(name)
    real, fake = sides(distance)
    first, second = (
        float(distance(*tf.nest.map_structure(part, (real, fake))))
        for part in (lambda x: x[:1], lambda x: x[1:])
    )
    assert abs(float(distance(real, fake)) - (first + second) / 2) < 1e-5
    assert first != second


@every_distance
def test_gives_itself_back(name):
    distance = distances.NAMES[name](weight=2.5)
    config = keras.saving.serialize_keras_object(distance)
    assert distances.get(config) == distance
    assert distances.get(distance) is distance
    assert distances.get(name) != distance


@every_distance
@pytest.mark.parametrize("weight", [-1.0, float("nan"), float("inf"), "1", None])
def test_bad_weights(name, weight):
    with pytest.raises(ValueError, match=r"`weight` of .* must be a finite number, at least 0"):
        distances.NAMES[name](weight=weight)


def test_errors():
    with pytest.raises(ValueError, match="Did you mean 'ssim'"):
        distances.get("sim")
    with pytest.raises(TypeError, match=r"L1\(\)"):
        distances.get(distances.L1)
    with pytest.raises(NotImplementedError, match="compute"):
        distances.Distance()(0.0, 0.0)


def test_the_examples_in_docstrings_run():
    found = doctest.testmod(distances.l1)
    assert (found.failed, found.attempted) == (0, 1)

"""A float16 overflow on one replica skips the step on all of them."""

import keras
import numpy as np
import pytest
import two_devices

START, HALVED = 32768.0, 16384.0


@pytest.fixture
def half_precision():
    keras.mixed_precision.set_dtype_policy("mixed_float16")
    yield
    keras.mixed_precision.set_dtype_policy("float32")


def linear():
    """A generator of points and a discriminator D(x) = w . x."""
    generator, _ = two_devices.networks()
    samples = keras.Input((2,))
    return generator, keras.Model(samples, keras.layers.Dense(1)(samples))


def after_one_step(data, **clipping):
    """The discriminator's weights on each replica, and the loss scale."""
    gan = two_devices.train(
        data,
        two_devices.mirrored(),
        of=linear,
        loss="wasserstein",
        compiled=lambda: {
            "generator_optimizer": keras.optimizers.SGD(0.1, **clipping),
            "discriminator_optimizer": keras.optimizers.SGD(0.1, **clipping),
        },
    )
    scale = float(two_devices.values(gan.discriminator_optimizer.dynamic_scale)[0])
    return [two_devices.values(variable) for variable in gan.discriminator.weights], scale


@pytest.mark.parametrize(
    "clipping", [None, pytest.param("clipvalue", marks=pytest.mark.slow), "global_clipnorm"]
)
def test_an_overflow_on_replica_1_skips_the_step_on_both(half_precision, clipping):
    """d loss / d w is the sum of x / 8, times the scale: 4 x 2000 / 8 x 32768 > 65504."""
    untrained = [weight.numpy() for weight in two_devices.make(of=linear).discriminator.weights]
    data = np.full((two_devices.BATCH, 2), 1e-3, "float32")
    data[two_devices.BATCH // 2 :] = 2000.0  # the samples of replica 1
    weights, scale = after_one_step(data, **({clipping: 0.5} if clipping else {}))
    assert scale == HALVED
    for copies, old in zip(weights, untrained, strict=True):
        for copy in copies:
            np.testing.assert_array_equal(copy, old)


@pytest.mark.parametrize(
    "clipping",
    [
        "clipnorm",
        pytest.param("clipvalue", marks=pytest.mark.slow),
        pytest.param("global_clipnorm", marks=pytest.mark.slow),
    ],
)
def test_a_limit_is_of_the_gradient_and_not_of_the_scaled_one(half_precision, clipping):
    """The kernel's gradient, about (-1, -1), is cut to 0.01; the bias has none: rate 0.1."""
    untrained = two_devices.make(of=linear).discriminator.get_weights()[0]
    data = np.full((two_devices.BATCH, 2), 1.0, "float32")
    (kernel, _), scale = after_one_step(data, **{clipping: 0.01})
    assert scale == START
    moved = kernel[0] - untrained
    size = np.abs(moved) if clipping == "clipvalue" else np.linalg.norm(moved)
    np.testing.assert_allclose(size, 0.1 * 0.01, rtol=2e-3)
    np.testing.assert_array_equal(kernel[0], kernel[1])


def test_without_overflow_both_take_the_step(half_precision):
    data = np.full((two_devices.BATCH, 2), 1e-3, "float32")
    untrained = two_devices.make(of=linear).discriminator.get_weights()[0]
    (kernel, _), scale = after_one_step(data)
    assert scale == START
    np.testing.assert_array_equal(kernel[0], kernel[1])
    assert np.abs(kernel[0] - untrained).max() > 1e-3

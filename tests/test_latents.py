"""The random stream: its distributions, its state, and that XLA changes nothing."""

import math

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import latents

DRAWS = {
    "normal": ((6, 4),),
    "uniform": ((6, 4), -1.0, 3.0),
    "truncated_normal": ((6, 4), 0.5),
    "integers": ((6, 4), 10),
}


@pytest.mark.parametrize("kind", sorted(DRAWS))
def test_xla_draws_the_same_numbers(kind):
    plain, compiled = latents.RandomStream(3), latents.RandomStream(3)

    @tf.function
    def draw():
        return getattr(plain, kind)(*DRAWS[kind])

    @tf.function(jit_compile=True)
    def draw_compiled():
        return getattr(compiled, kind)(*DRAWS[kind])

    for _ in range(2):
        np.testing.assert_allclose(draw(), draw_compiled(), atol=1e-6)


def test_moments_are_those_of_the_distributions():
    stream, num = latents.RandomStream(0), 400_000
    normal = stream.normal((num,)).numpy().astype("float64")
    # Standard errors: mean 1/sqrt(n) = 0.0016, variance sqrt(2/n) = 0.0022, 4th sqrt(96/n) = 0.015.
    assert abs(normal.mean()) < 0.008
    assert abs(normal.var() - 1) < 0.011
    assert abs((normal**4).mean() - 3) < 0.08
    assert abs(np.corrcoef(normal[::2], normal[1::2])[0, 1]) < 0.012
    uniform = stream.uniform((num,), -1.0, 3.0).numpy()
    assert uniform.min() >= -1
    assert uniform.max() < 3
    assert abs(uniform.mean() - 1) < 0.01
    assert abs(uniform.var() - 16 / 12) < 0.01
    integers = np.bincount(stream.integers((num,), 10).numpy(), minlength=10)
    assert len(integers) == 10
    assert abs(integers - num / 10).max() < 5 * math.sqrt(num / 10)


def test_truncation_bounds_and_keeps_the_shape_between():
    drawn = latents.RandomStream(1).truncated_normal((200_000,), 0.5).numpy()
    assert np.abs(drawn).max() <= 0.5
    # Variance of a normal cut at t: 1 - 2 t phi(t) / (2 Phi(t) - 1), for t = 0.5: 0.0806.
    density = math.exp(-0.125) / math.sqrt(2 * math.pi)
    expected = 1 - 2 * 0.5 * density / math.erf(0.5 / math.sqrt(2))
    assert drawn.var() == pytest.approx(expected, rel=0.01)


def test_a_uniform_prior_fills_its_cube():
    for truncation, bound in ((None, 1.0), (0.5, 0.5)):
        drawn = latents.uniform(latents.RandomStream(2), (5000, 2), truncation).numpy()
        assert -bound <= drawn.min() < -0.99 * bound
        assert 0.99 * bound < drawn.max() <= bound
        assert drawn.var() == pytest.approx(bound**2 / 3, rel=0.05)


def test_reset_and_seed():
    one, other = latents.RandomStream(5), latents.RandomStream(6)
    first, second = one.normal((3,)).numpy(), one.normal((3,)).numpy()
    assert not np.array_equal(first, second)
    assert not np.array_equal(first, other.normal((3,)).numpy())
    one.reset()
    np.testing.assert_array_equal(one.normal((3,)).numpy(), first)


def test_spherical_path_keeps_the_norm_and_meets_both_ends():
    start, end = np.array([1.0, 0.0]), np.array([0.0, 1.0])
    middle = latents.spherical(start, end, 0.5)
    np.testing.assert_allclose(middle, [math.sqrt(0.5)] * 2)
    np.testing.assert_allclose(latents.spherical(start, end, 0.0), start)
    np.testing.assert_allclose(latents.spherical(start, end, 1.0), end, atol=1e-12)
    np.testing.assert_allclose(latents.spherical(start, 2 * start, 0.5), [1.5, 0.0])
    np.testing.assert_allclose(latents.linear(start, end, 0.25), [0.75, 0.25])

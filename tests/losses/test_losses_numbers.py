"""Every loss against numbers worked by hand."""

import math

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import losses

REAL = np.array([[2.0], [0.0]], "float32")
FAKE = np.array([[-1.0], [3.0]], "float32")


def softplus(x):
    return math.log1p(math.exp(x))


# softplus: (-2) 0.126928, (0) 0.693147, (-1) 0.313262, (3) 3.048587, (1) 1.313262, (-3) 0.048587
CROSS_ENTROPY = (0.126928 + 0.693147) / 2 + (0.313262 + 3.048587) / 2  # 2.090962

# means: real 1, fake 1. real - 1 = 1, -1; fake - 1 = -2, 2
# softplus: (1) 1.313262, (-1) 0.313262, (2) 2.126928, (-2) 0.126928
RELATIVISTIC_AVERAGE = (0.313262 + 1.313262) / 2 + (0.126928 + 2.126928) / 2  # 1.940190

CASES = {
    "minimax": (CROSS_ENTROPY, -(0.313262 + 3.048587) / 2),
    "non_saturating": (CROSS_ENTROPY, (1.313262 + 0.048587) / 2),
    # real - 1 = 1, -1 -> mean 1; fake^2 = 1, 9 -> mean 5; fake - 1 = -2, 2 -> mean 4
    "least_squares": ((1 + 5) / 2, 4 / 2),
    # 1 - real = -1, 1 -> 0.5; 1 + fake = 0, 4 -> 2
    "hinge": (2.5, -1.0),
    "wasserstein": (1.0 - 1.0, -1.0),
    "relativistic_average": (RELATIVISTIC_AVERAGE, RELATIVISTIC_AVERAGE),
    # real - fake = 3, -3: the same pair of numbers for both players
    # three quarters of two logits are both of them: the non-saturating loss
    "top_k": (CROSS_ENTROPY, (1.313262 + 0.048587) / 2),
    "relativistic_paired": ((0.048587 + 3.048587) / 2, (3.048587 + 0.048587) / 2),
}


MARGINS = {
    "minimax": (2, 0),
    "non_saturating": (2, 0),
    "least_squares": (1.5, -0.5),  # the targets are 1 and 0
    "hinge": (2, 0),
    "wasserstein": (1, -1),  # the mean fake logit is 1
    "relativistic_average": (1, -1),
    "top_k": (2, 0),
    "relativistic_paired": (3, -3),  # the fakes beside them are -1 and 3
}


@pytest.mark.parametrize("name", losses.NAMES)
def test_margins_of_real_logits(name):
    assert np.allclose(losses.get(name).real_margins(REAL, FAKE)[:, 0], MARGINS[name])


def test_margins_are_from_the_fake_side_s_mean():
    # the mean real logit is 3, the mean fake one 2
    real, fake = np.array([2.0, 4.0], "float32"), np.array([1.0, 3.0], "float32")
    for name in ("wasserstein", "relativistic_average"):
        assert np.allclose(losses.get(name).real_margins(real, fake), [0.0, 2.0])


def test_margins_are_from_halfway_to_the_smoothed_target():
    # halfway from 0 to 0.8
    margins = losses.LeastSquares(label_smoothing=0.2).real_margins(np.float32([1.0]), None)
    assert np.allclose(margins, 0.6)


def test_the_gradient_of_the_relativistic_average_runs_through_its_means():
    # one logit a side: both losses are 2 softplus(+-1); sigmoid(-1) = 0.268941
    loss, real, fake = losses.get("relativistic_average"), tf.constant([2.0]), tf.constant([1.0])
    for function, expected in ((loss.discriminator, 0.537883), (loss.generator, -1.462117)):
        with tf.GradientTape() as tape:
            tape.watch([real, fake])
            value = function(real, fake)
        to_real, to_fake = tape.gradient(value, [real, fake])
        assert abs(float(to_fake[0]) - expected) < 1e-5
        assert abs(float(to_real[0]) + expected) < 1e-5


def test_every_loss_has_a_case():
    assert set(CASES) == set(losses.NAMES)


@pytest.mark.parametrize("name", CASES)
def test_numbers(name):
    loss = losses.get(name)
    discriminator, generator = CASES[name]
    assert abs(float(loss.discriminator(REAL, FAKE)) - discriminator) < 1e-5
    assert abs(float(loss.generator(REAL, FAKE)) - generator) < 1e-5


def test_the_means_of_the_relativistic_average_are_the_other_side_s():
    # real 2, fakes 0 and 1: mean fake 0.5, mean real 2. r' = 1.5, f' = -2, -1
    loss = losses.get("relativistic_average")
    real, fake = np.array([2.0, 2.0], "float32"), np.array([0.0, 1.0], "float32")
    expected = softplus(-1.5) + (softplus(-2) + softplus(-1)) / 2
    assert abs(float(loss.discriminator(real, fake)) - expected) < 1e-6
    expected = softplus(1.5) + (softplus(2) + softplus(1)) / 2
    assert abs(float(loss.generator(real, fake)) - expected) < 1e-6


def test_relativistic_paired_knows_its_sides():
    # real 1, fake -1: real - fake = 2
    loss = losses.get("relativistic_paired")
    real, fake = np.array([1.0], "float32"), np.array([-1.0], "float32")
    assert abs(float(loss.discriminator(real, fake)) - 0.126928) < 1e-6
    assert abs(float(loss.generator(real, fake)) - 2.126928) < 1e-6


def test_wasserstein_s_sign():
    real, fake = np.array([5.0], "float32"), np.array([2.0], "float32")
    assert float(losses.get("wasserstein").discriminator(real, fake)) == -3.0


@pytest.mark.parametrize("loss", [losses.Minimax, losses.NonSaturating])
def test_smoothed_cross_entropy(loss):
    # target 0.9: 0.9 softplus(-2) + 0.1 softplus(2) = 0.326928 at the real logit 2
    smooth, plain = loss(label_smoothing=0.1), loss()
    real, fake = np.array([2.0], "float32"), np.array([-30.0], "float32")
    assert abs(float(smooth.discriminator(real, fake)) - 0.326928) < 1e-5
    assert float(smooth.generator(real, fake)) == float(plain.generator(real, fake))


def test_smoothed_least_squares():
    # (2 - 0.9)^2 / 2 = 0.605; the fake side and the generator are not smoothed
    loss = losses.LeastSquares(label_smoothing=0.1)
    real = np.array([2.0], "float32")
    assert abs(float(loss.discriminator(real, np.zeros(1, "float32"))) - 0.605) < 1e-6
    assert abs(float(loss.generator(real, real)) - 0.5) < 1e-6


def test_smoothing_moves_the_best_real_logit_to_that_of_the_target():
    # t = 0.9 is reached at log(0.9 / 0.1) = 2.197225
    real = tf.constant([2.197225])
    with tf.GradientTape() as tape:
        tape.watch(real)
        value = losses.NonSaturating(label_smoothing=0.1).discriminator(real, tf.zeros(1))
    assert abs(float(tape.gradient(value, real)[0])) < 1e-6


# Logits on which the reference code of image translation was run.
TRANSLATION_REAL = np.array([2.0, -1.0, 0.5], "float32")
TRANSLATION_FAKE = np.array([-0.3, 1.2, -2.0], "float32")


def test_esrgan_halves_what_the_relativistic_average_sums():
    # ESRGAN: generator 1.3754780, discriminator 0.5088114, the means of the real and fake halves.
    loss = losses.get("relativistic_average")
    generator = float(loss.generator(TRANSLATION_REAL, TRANSLATION_FAKE))
    discriminator = float(loss.discriminator(TRANSLATION_REAL, TRANSLATION_FAKE))
    assert abs(generator - 2 * 1.3754780) < 2e-6
    assert abs(discriminator - 2 * 0.5088114) < 2e-6


def test_cyclegan_halves_the_least_squares_of_the_discriminator_alone():
    # Its discriminator: 1.7966667, as here; its generator: 3.5766666, not halved.
    loss = losses.get("least_squares")
    generator = float(loss.generator(TRANSLATION_REAL, TRANSLATION_FAKE))
    discriminator = float(loss.discriminator(TRANSLATION_REAL, TRANSLATION_FAKE))
    assert abs(generator - 3.5766666 / 2) < 2e-6
    assert abs(discriminator - 1.7966667) < 2e-6

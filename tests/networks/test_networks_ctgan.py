"""CTGAN's networks: sizes of the paper's code, what comes out, and what is refused."""

import re

import numpy as np
import pytest

from gan_keras.networks import ctgan

# Adult as the authors' code encodes it: 6 columns of numbers with 48 modes in all, and 9 columns of
# 104 categories: rows of 6 + 48 + 104 = 158 numbers, conditions of 104.
MODES = (10, 8, 8, 8, 7, 7)
CATEGORIES = (9, 16, 7, 15, 6, 5, 2, 42, 2)
ADULT = {"num_places": 6, "blocks": MODES + CATEGORIES, "condition_size": 104}


def trained(network):
    return sum(int(np.prod(w.shape)) for w in network.trainable_weights)


def test_as_many_parameters_as_the_original_on_adult():
    assert (sum(MODES), sum(CATEGORIES)) == (48, 104)
    assert trained(ctgan.generator((158,), 128, **ADULT)) == 303_566
    discriminator = ctgan.discriminator((1580,), packing=10, condition_size=104)
    assert trained(discriminator) == 737_025


def test_rows_are_places_and_shares():
    network = ctgan.generator(
        (6,), 3, num_places=1, blocks=(3, 2), widths=(4,), condition_size=2, temperature=0.2
    )
    random = np.random.default_rng(0)
    latents = random.normal(size=(500, 3 + 5 + 2)).astype("float32")
    rows = np.asarray(network([latents, np.zeros((500, 2), "float32")], training=False))
    assert np.abs(rows[:, 0]).max() <= 1.0
    np.testing.assert_allclose(rows[:, 1:4].sum(1), 1.0, atol=1e-5)
    np.testing.assert_allclose(rows[:, 4:].sum(1), 1.0, atol=1e-5)
    shares = rows[:, 1:4].max(axis=1)
    assert 0.5 < np.mean(shares > 0.9) < 1.0  # close to choices, but none
    other = latents.copy()
    other[:, -2:] += 1.0  # the last two latents choose a condition, and nothing else
    again = np.asarray(network([other, np.zeros((500, 2), "float32")], training=False))
    np.testing.assert_array_equal(rows, again)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: ctgan.generator((6,), num_places=2, blocks=(3,)), "2 places and `blocks` of 3"),
        (lambda: ctgan.generator((2, 2, 1)), "`image_shape` of a table is (units,)"),
        (lambda: ctgan.generator((6,), widths=()), "`widths` must hold"),
        (lambda: ctgan.discriminator((6,), dropout=1.0), "`dropout` must be at least 0"),
        (lambda: ctgan.discriminator((6,), num_classes=3), "Leave `num_classes` out"),
    ],
)
def test_what_does_not_fit_is_refused(make, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        make()

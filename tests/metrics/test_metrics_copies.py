"""Copies of training samples: to the byte, nearly, and what is none."""

import numpy as np
import pytest

from gan_keras.metrics import exact_copies, memorization_odds, near_copies


def test_exact_copies_are_so_to_the_byte():
    others = np.arange(8, dtype="uint8").reshape(2, 2, 2)
    samples = np.stack([others[1], others[0] + 1, others[0]])
    assert exact_copies(samples, others).tolist() == [True, False, True]


def test_near_copies_by_hand():
    """Nearest over mean of all: of 0, 1, 3 and 7 these are 3/11, 1/3, 2/3 and 12/17.

    The least, 3/11, is the limit. 1.1 is .1 from 1 and (.1 + 1.1 + 1.9) / 3 away on average: .097.
    2 is 1 from 1, (1 + 1 + 2) / 3: .75. And .3, .3 from 0, (.3 + .7 + 2.7) / 3: .243; .35: .28.
    """
    train = np.array([[0.0], [1.0], [3.0], [7.0]])
    fake = np.array([[1.1], [2.0], [0.3], [0.35], [7.0]])
    assert near_copies(fake, train).tolist() == [True, False, True, False, True]


def test_copies_in_noise_are_told_from_fresh_and_from_smooth_samples():
    random = np.random.default_rng(0)
    train, fresh = random.normal(size=(2, 400, 40))
    noisy = train + 0.3 * random.normal(size=train.shape)
    assert near_copies(noisy, train).mean() > 0.95
    assert near_copies(fresh, train).mean() < 0.03  # 1% by definition, give or take
    smooth = 0.2 * fresh  # near to all: nearer to a training sample than any of these to another
    assert near_copies(smooth, train).mean() < 0.03
    twins = np.concatenate([train, train])
    assert near_copies(train, twins).all()
    assert not near_copies(noisy, twins).any()  # of data that all stand there twice, as told
    moved = near_copies(noisy + 1e4, train + 1e4)  # far from 0: no digits are lost
    assert (moved == near_copies(noisy, train)).all()
    with pytest.raises(ValueError, match="must be less than the number of samples in `train`"):
        near_copies(fresh, train[:2])


def test_odds_overlook_no_copy_however_few_were_held_out():
    random = np.random.default_rng(1)
    train, held_out, fresh = (random.normal(size=(num, 6)) for num in (400, 50, 300))
    assert memorization_odds(train + 1e-6, train, held_out)["memorization"] == 1.0
    assert memorization_odds(held_out, train, held_out)["memorization"] == 0.0
    found = memorization_odds(fresh, train, held_out)
    assert abs(found["memorization"] - 0.5) < 3.5 * found["std"]

import numpy as np
import pytest

from gan_keras.metrics import gaussian_modes, reverse_kl, stacked_modes

RING = np.stack([np.cos(np.arange(8) * np.pi / 4), np.sin(np.arange(8) * np.pi / 4)], axis=1)


def test_the_data_themselves_find_every_mode():
    random = np.random.default_rng(0)
    labels = random.integers(0, 8, 20_000)
    samples = RING[labels] + random.normal(0, 0.01, (20_000, 2))
    found = gaussian_modes(samples, RING, 0.01)
    assert found["modes"] == 8
    assert abs(found["high_quality"] - (1 - np.exp(-4.5))) < 0.003  # 98.9%
    assert found["reverse_kl"] < 0.002


def test_by_hand():
    # Three good samples of mode 0, one of mode 4, one just beyond 3 sigma of mode 2.
    samples = np.array([RING[0], RING[0], RING[0] + [0.029, 0], RING[4], RING[2] + [0.031, 0]])
    found = gaussian_modes(samples, RING, 0.01)
    assert found["modes"] == 2
    assert abs(found["high_quality"] - 4 / 5) < 1e-12
    # 3/4 log(3/4 * 8) + 1/4 log(1/4 * 8)
    assert abs(found["reverse_kl"] - (0.75 * np.log(6) + 0.25 * np.log(2))) < 1e-12


def test_nothing_good_is_infinitely_far():
    found = gaussian_modes(np.full((5, 2), 9.0), RING, 0.01)
    assert found == {"modes": 0, "high_quality": 0.0, "reverse_kl": float("inf")}


def test_reverse_kl_is_that_of_the_samples_from_the_data():
    # KL((1/2, 1/2) || (1/4, 3/4)) = 1/2 log 2 + 1/2 log(2/3)
    expected = 0.5 * np.log(2) + 0.5 * np.log(2 / 3)
    assert abs(reverse_kl([5, 5], [1, 3]) - expected) < 1e-12
    assert reverse_kl([1, 1], [1, 0]) == float("inf")
    assert reverse_kl([4, 0], [1, 1]) == pytest.approx(np.log(2), abs=1e-12)


def test_stacked_codes_read_channels_in_order():
    def classify(images):  # the class is written into the pixels
        return None, np.eye(10)[images[:, 0, 0, 0]]

    images = np.zeros((4, 2, 2, 3), "uint8")
    images[:, :, :] = np.array([[1, 2, 3], [1, 2, 3], [3, 2, 1], [0, 0, 9]])[:, None, None]
    found = stacked_modes(images, classify)
    assert found["modes"] == 3
    # counts 2, 1, 1 of 1,000 modes
    expected = 0.5 * np.log(500) + 0.5 * np.log(250)
    assert abs(found["reverse_kl"] - expected) < 1e-12
    real = np.zeros(1000)
    real[[123, 321, 9]] = 2, 1, 1
    assert stacked_modes(images, classify, real_counts=real)["reverse_kl"] < 1e-12


def test_points_of_another_width_are_refused():
    with pytest.raises(ValueError, match=r"\(5, 3\) and \(8, 2\)"):
        gaussian_modes(np.zeros((5, 3)), RING, 0.01)


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(ValueError, match="1 of 2 samples with NaN"):
        gaussian_modes([[0.0, np.nan], [0.0, 0.0]], [[0.0, 0.0]], 0.1)
    with pytest.raises(ValueError, match="sigma=0"):
        gaussian_modes([[0.0, 0.0]], [[0.0, 0.0]], 0)
    for counts in ([1, 2, 3], [0, 0]):
        with pytest.raises(ValueError, match="a count for each mode"):
            reverse_kl([1, 1], counts)

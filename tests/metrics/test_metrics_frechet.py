import numpy as np
import pytest

from gan_keras.metrics import (
    Moments,
    frechet_distance,
    frechet_distance_infinity,
    frechet_infinity,
    kernel_distance,
)


def gaussian(num, width, seed, *, shift=0.0, scale=1.0):
    return np.random.default_rng(seed).normal(size=(num, width)) * scale + shift


def test_one_dimension_by_hand():
    # real: mean 1, variance 2 (ddof 1). fake: mean 4, variance 8.
    # 3^2 + 2 + 8 - 2 sqrt(16) = 11
    assert abs(frechet_distance([[0.0], [2.0]], [[2.0], [6.0]]) - 11.0) < 1e-12


def test_two_dimensions_that_do_not_commute_by_hand():
    # C = diag(4, 1); D = [[5, 4], [4, 5]] / 1. L = diag(2, 1); L'DL = [[20, 8], [8, 5]],
    # eigenvalues (25 +- sqrt(225 + 256)) / 2 = (25 +- 21.9317) / 2 = 23.46586, 1.53414.
    # tr = 4.84416 + 1.23860; 5 + 10 - 2 * 6.08276 = 2.83447 (and indeed tr^2 = 25 + 2 * 6 = 37).
    real, fake = Moments(2), Moments(2)
    real.count = fake.count = 1001
    real.scatter = np.diag([4.0, 1.0]) * 1000
    fake.scatter = np.array([[5.0, 4.0], [4.0, 5.0]]) * 1000
    assert abs(frechet_distance(real, fake) - (15 - 2 * np.sqrt(37))) < 1e-9


def test_same_set_is_at_distance_zero_and_order_does_not_matter():
    x, y = gaussian(200, 5, 0), gaussian(300, 5, 1, shift=0.5)
    assert 0 <= frechet_distance(x, x) < 1e-9
    assert abs(frechet_distance(x, y) - frechet_distance(y, x)) < 1e-9


def test_fewer_samples_than_features_warns_and_stays_real():
    x, y = gaussian(20, 30, 0), gaussian(40, 30, 1, shift=1.0)
    with pytest.warns(UserWarning, match="has 20 samples for 30 features"):
        distance = frechet_distance(x, y)
    # Nuclear norm of the product of the centred samples: the same trace without covariances.
    a = (x - x.mean(0)) / np.sqrt(19)
    b = (y - y.mean(0)) / np.sqrt(39)
    trace = np.linalg.svd(a @ b.T, compute_uv=False).sum()
    step = x.mean(0) - y.mean(0)
    assert abs(distance - (step @ step + (a**2).sum() + (b**2).sum() - 2 * trace)) < 1e-6


def test_a_feature_that_never_changes_is_no_trouble():
    x, y = gaussian(200, 3, 0), gaussian(200, 3, 1)
    without = frechet_distance(x, y)
    constant = np.full((200, 1), 2.0)
    with_it = frechet_distance(np.hstack([x, constant]), np.hstack([y, constant]))
    assert abs(with_it - without) < 1e-9


@pytest.mark.parametrize(
    ("real", "fake", "message"),
    [
        ([[1.0, 2.0]], [[1.0, 2.0], [2.0, 3.0]], r"`real` must hold at least 2 samples.*: 1"),
        (np.ones((5, 3)), np.ones((5, 4)), r"`real` has 3 features but `fake` has 4"),
        (np.ones((5, 3)), np.full((5, 3), np.nan), r"`fake` holds NaN .* in 5 of 5 samples"),
        (np.ones(5), np.ones((5, 1)), r"`real` must be features \(num, features\).*\(5,\)"),
    ],
)
def test_bad_input(real, fake, message):
    with pytest.raises(ValueError, match=message):
        frechet_distance(real, fake)


def test_moments_do_not_depend_on_batches():
    x = gaussian(1000, 8, 3, shift=100.0)
    whole = Moments().update(x)
    for size in (1, 7, 250, 999):
        parts = Moments()
        for start in range(0, 1000, size):
            parts.update(x[start : start + size])
        assert parts.count == 1000
        assert np.abs(parts.mean / whole.mean - 1).max() < 1e-9
        gap = np.abs(parts.covariance - whole.covariance).max()
        assert gap < 1e-9 * np.abs(whole.covariance).max()
    assert np.abs(whole.covariance - np.cov(x, rowvar=False)).max() < 1e-9


def test_moments_merge_across_workers_and_leave_them_alone():
    x = gaussian(90, 4, 4)
    workers = [Moments().update(part) for part in (x[:20], x[20:21], x[21:])]
    merged = Moments()
    for worker in workers:
        merged.merge(worker)
    merged.merge(Moments())
    assert merged.count == 90
    assert np.abs(merged.covariance - np.cov(x, rowvar=False)).max() < 1e-12
    assert workers[0].count == 20
    assert np.abs(workers[0].mean - x[:20].mean(0)).max() < 1e-12
    assert np.abs(workers[0].covariance - np.cov(x[:20], rowvar=False)).max() < 1e-12


def test_moments_refuse_nan_and_other_widths():
    moments = Moments().update(np.ones((3, 2)))
    with pytest.raises(ValueError, match="NaN or infinite numbers after 3 good samples"):
        moments.update([[np.nan, 1.0]])
    with pytest.raises(ValueError, match="has 2 features but `fake` has 3"):
        moments.update(np.ones((2, 3)))
    assert moments.count == 3


def test_few_samples_are_far_from_their_own_kind():
    """Bias alone: why FID of 100 pictures wants its floor, real against real, and KID does not."""
    spectrum = 1 / np.sqrt(np.arange(1, 65))  # of standard deviations: variances 1/k, trace 4.74

    def halves(num):
        return [gaussian(num, 64, seed) * spectrum for seed in (0, 1)]

    few, many = (frechet_distance(*halves(num)) for num in (140, 2_000))
    assert few > 0.6  # 0.65 of 4.74; at 2,000 it is 0.047
    assert many < 0.1 * few
    far = frechet_distance(halves(140)[0], halves(140)[1] + 0.3)
    assert far > few + 0.3  # a difference that is one adds to the floor
    assert abs(kernel_distance(*halves(140), subset_size=70)[0]) < 0.005


def test_infinity_takes_the_bias_away():
    # Both sets come from one distribution: the true distance is 0, the finite one is not.
    real, fake = gaussian(20_000, 10, 5), gaussian(2_000, 10, 6)
    finite = frechet_distance(real, fake)
    value, std = frechet_distance_infinity(real, fake)
    assert finite > 0.01
    assert abs(value) < finite / 2
    assert 0 < std < finite


def test_infinity_is_the_intercept_of_a_line_in_1_over_num(monkeypatch):
    sizes, distances = [], []

    def distance(real, part):
        sizes.append(len(part))
        distances.append(2.0 + 30.0 / len(part) + 0.1 * (-1) ** len(distances))
        return distances[-1]

    monkeypatch.setattr(frechet_infinity, "frechet_distance", distance)
    value, std = frechet_distance_infinity(None, gaussian(400, 2, 0), num_points=9)
    assert (sizes[0], sizes[-1], len(sizes)) == (40, 400, 9)
    line, covariance = np.polyfit(1 / np.array(sizes), distances, 1, cov=True)
    np.testing.assert_allclose([value, std], [line[1], np.sqrt(covariance[1, 1])], rtol=1e-9)
    assert abs(value - 2.0) < 0.1


def test_infinity_needs_enough_samples():
    with pytest.raises(ValueError, match=r"more than 20 samples.*15 samples of 10 features"):
        frechet_distance_infinity(gaussian(50, 10, 0), gaussian(15, 10, 1))


def test_a_covariance_that_no_machine_holds_is_refused():
    with pytest.raises(ValueError, match=r"309 GB for 196,608 features.*kid, prdc"):
        Moments().update(np.zeros((2, 196_608)))

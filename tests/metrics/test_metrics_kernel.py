import numpy as np
import pytest

from gan_keras.metrics import inception_score, kernel_distance


def test_kernel_distance_by_hand():
    # One feature, all samples in each subset. k(x, y) = (x y + 1)^3.
    # real 0, 2: k(0, 2) = 1; mean over pairs 1. fake 1, 3: k(1, 3) = 64.
    # between: k(0, 1) + k(0, 3) + k(2, 1) + k(2, 3) = 1 + 1 + 27 + 343 = 372; mean 93.
    # 1 + 64 - 2 * 93 = -121: unbiased estimates may be negative.
    mean, std = kernel_distance([[0.0], [2.0]], [[1.0], [3.0]], num_subsets=3, subset_size=2)
    assert abs(mean + 121.0) < 1e-9
    assert std == 0.0


def test_kernel_distance_divides_by_the_width():
    # Two equal features: x . y / 2 is what one of them gives.
    one = kernel_distance([[0.0], [2.0]], [[1.0], [3.0]], 1, 2)
    two = kernel_distance([[0.0] * 2, [2.0] * 2], [[1.0] * 2, [3.0] * 2], 1, 2)
    assert abs(one[0] - two[0]) < 1e-9


def test_kernel_distance_grows_with_the_shift_and_vanishes_without():
    random = np.random.default_rng(0)
    x, y, z = random.normal(size=(3, 500, 4))
    none, some = kernel_distance(x, y, 20, 200), kernel_distance(x, z + 1.0, 20, 200)
    assert abs(none[0]) < 0.05
    assert some[0] > 1.0
    assert none[1] > 0


def test_kernel_distance_is_seeded():
    x, y = np.random.default_rng(1).normal(size=(2, 100, 3))
    assert kernel_distance(x, y, 5, 20, seed=3) == kernel_distance(x, y, 5, 20, seed=3)
    assert kernel_distance(x, y, 5, 20, seed=3) != kernel_distance(x, y, 5, 20, seed=4)


def test_kernel_distance_refuses_a_subset_larger_than_the_data():
    x = np.zeros((100, 3))
    with pytest.raises(ValueError, match=r"\(=1000\) must not exceed.*100 real, 50 fake.*=50"):
        kernel_distance(x, x[:50])
    with pytest.raises(ValueError, match="`subset_size` at least 2"):
        kernel_distance(x, x, 5, 1)


def test_inception_score_at_its_ends():
    sure = np.eye(4)[np.arange(40) % 4]
    assert abs(inception_score(sure, 1)[0] - 4.0) < 1e-12  # sure of each, evenly spread
    assert abs(inception_score(np.eye(4)[np.zeros(40, int)], 1)[0] - 1.0) < 1e-12  # one class
    assert abs(inception_score(np.full((40, 4), 0.25), 1)[0] - 1.0) < 1e-12  # sure of nothing


def test_inception_score_by_hand():
    # p1 = (3/4, 1/4), p2 = (1/4, 3/4), marginal (1/2, 1/2).
    # KL = 3/4 log(3/2) + 1/4 log(1/2) for both; exp = 1.5^0.75 * 0.5^0.25 = 1.13975...
    expected = 1.5**0.75 * 0.5**0.25
    mean, std = inception_score([[0.75, 0.25], [0.25, 0.75]], num_splits=1)
    assert abs(mean - expected) < 1e-12
    assert std == 0.0


def test_inception_score_shuffles_because_order_deflates_it():
    ordered = np.repeat(np.eye(10), 50, axis=0)
    assert inception_score(ordered, 10, seed=None)[0] == 1.0  # each split sees one class
    assert inception_score(ordered, 10)[0] > 8.0


@pytest.mark.parametrize(
    ("probabilities", "splits", "message"),
    [
        (np.full((5, 2), 0.5), 10, r"`num_splits` \(=10\).*\(=5\)"),
        (np.full((5, 2), 2.0), 1, "Apply a softmax"),
        (np.ones(5), 1, r"shape \(5,\)"),
        (np.full((5, 2), np.nan), 1, "finite"),
    ],
)
def test_inception_score_refuses(probabilities, splits, message):
    with pytest.raises(ValueError, match=message):
        inception_score(probabilities, splits)

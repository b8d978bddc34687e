import tracemalloc

import numpy as np
import pytest

from gan_keras.metrics import density_coverage, manifold_scores, neighbours, precision_recall


def plain(real, fake, k, density_k):
    """All distances at once, in float64, straight from the definitions."""

    def squares(x, y):
        return ((x[:, None].astype("float64") - y[None]) ** 2).sum(axis=-1)

    def radii(x, k):
        own = squares(x, x)
        np.fill_diagonal(own, np.inf)
        return np.sort(own, axis=1)[:, k - 1]

    between = squares(real, fake)
    inside = between < radii(real, density_k)[:, None]
    return {
        "precision": (between <= radii(real, k)[:, None]).any(axis=0).mean(),
        "recall": (between <= radii(fake, k)).any(axis=1).mean(),
        "density": inside.sum() / (density_k * len(fake)),
        "coverage": inside.any(axis=1).mean(),
    }


def test_orientation():
    # Fakes in one of two real clusters: all are real, but half of the real ones are missed.
    random = np.random.default_rng(0)
    real = np.concatenate([random.normal(0, 1, (200, 2)), random.normal(50, 1, (200, 2))])
    fake = random.normal(0, 0.8, (200, 2))
    few = manifold_scores(real, fake)
    assert few["precision"] > 0.95
    assert few["recall"] < 0.55
    assert few["density"] > 0.9
    assert few["coverage"] < 0.55
    # And the other way round: every real one is met, but half of the fakes are nowhere.
    many = manifold_scores(fake, real)
    assert many["precision"] < 0.55
    assert many["recall"] > 0.95
    assert many["density"] < 0.8
    assert many["coverage"] > 0.85


def test_by_hand_on_a_line():
    # real 0, 1, 3, 7: nearest neighbours at 1, 1, 2, 4. fake 0.5, 4, 20: at 3.5, 3.5, 16.
    # precision: 0.5 lies in 0's ball; 4 in 3's (1 <= 2); 20 in none (13 > 4). 2/3.
    # recall: 0.5 reaches to 4: 0, 1, 3. 4 to 7.5: 7. All of them.
    # density, k=1: 0.5 in the balls of 0 and 1 only (3's is 2 wide); 4 in those of 3 and 7
    # (3 < 4). 4 / 3. coverage: all four.
    real = np.array([[0.0], [1.0], [3.0], [7.0]])
    fake = np.array([[0.5], [4.0], [20.0]])
    found = {**precision_recall(real, fake, k=1), **density_coverage(real, fake, k=1)}
    expected = {"precision": 2 / 3, "recall": 1.0, "density": 4 / 3, "coverage": 1.0}
    for name, value in expected.items():
        assert abs(found[name] - value) < 1e-12, name


def test_borders_closed_for_precision_and_open_for_density():
    # 2 lies just at the radius of 1 (neighbour 0, at distance 1) and of 0 not at all.
    real, fake = np.array([[0.0], [1.0]]), np.array([[2.0], [9.0]])
    assert precision_recall(real, fake, k=1)["precision"] == 0.5
    assert density_coverage(real, fake, k=1) == {"density": 0.0, "coverage": 0.0}


def test_a_copy_of_the_real_set_scores_one():
    x = np.random.default_rng(1).normal(size=(300, 20)).astype("float32")
    assert manifold_scores(x, x.copy()) == {
        "precision": 1.0, "recall": 1.0, "density": 1.0, "coverage": 1.0,
    }  # fmt: skip


@pytest.mark.parametrize("kind", ["plain", "lattice", "far", "tiny", "outlier", "collapsed"])
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_screened_distances_decide_as_plain_float64_ones(kind, dtype):
    random = np.random.default_rng(2)
    real, fake = random.normal(size=(150, 12)), random.normal(size=(170, 12)) * 0.9
    if kind == "lattice":  # most distances are equal
        real, fake = real.round(), fake.round()
    elif kind == "far":  # float32 products alone would lose all digits
        real, fake = real + 1e4, fake + 1e4
    elif kind == "tiny":
        real, fake = real * 1e-20, fake * 1e-20
    elif kind == "outlier":
        real[0] *= 1e6
    elif kind == "collapsed":  # every fake in nearly every ball
        fake[:] = real.mean(axis=0)
    real, fake = real.astype(dtype), fake.astype(dtype)
    expected = plain(real, fake, 3, 5)
    for max_bytes in (4000, 100_000, 2**28):  # one block, and many
        assert manifold_scores(real, fake, 3, 5, max_bytes=max_bytes) == pytest.approx(
            expected, abs=1e-12
        )


@pytest.mark.parametrize("spread", [1.0, 0.0])
def test_memory_is_bounded_whatever_the_sample_count(spread):
    random = np.random.default_rng(3)
    real, fake = random.normal(size=(1500, 8)), random.normal(size=(1500, 8)) * spread
    fake += real.mean(axis=0)  # without spread, all of them lie in every ball
    budget = 2**20  # one of the two float64 matrices of distances takes 18 MB
    manifold_scores(real[:20], fake[:20], max_bytes=budget)
    tracemalloc.start()
    manifold_scores(real, fake, max_bytes=budget)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    per_sample = 1500 * 400  # candidates, radii and norms
    assert peak < budget + per_sample


def test_radii_exclude_the_sample_itself():
    x = np.array([[0.0], [1.0], [1.0], [5.0]])
    first, second = neighbours.squared_radii(x, [1, 2])
    assert first.tolist() == [1.0, 0.0, 0.0, 16.0]
    assert second.tolist() == [1.0, 1.0, 1.0, 16.0]


def test_nearest_of_equally_near_ones_is_the_first():
    among = np.array([[5.0], [0.0], [2.0], [2.0]])
    for max_bytes in (100, 2**20):
        places, distances = neighbours.nearest_neighbours(
            [[1.0], [2.0], [9.0]], among, max_bytes=max_bytes
        )
        assert places.tolist() == [1, 2, 0]
        assert distances.tolist() == [1.0, 0.0, 4.0]


@pytest.mark.parametrize(
    ("num_real", "num_fake", "k", "message"),
    [
        (3, 50, 3, r"`k` \(=3\) must be less than the number of samples in `real` \(=3\)"),
        (50, 3, 3, r"`k` \(=3\) must be less than the number of samples in `fake` \(=3\)"),
        (50, 50, 0, r"`k` must be at least 1"),
        (50, 1, 1, "`fake` must hold at least 2 samples"),
    ],
)
def test_bad_input(num_real, num_fake, k, message):
    with pytest.raises(ValueError, match=message):
        precision_recall(np.zeros((num_real, 2)), np.zeros((num_fake, 2)), k)


def test_features_too_large_to_square_are_an_error():
    x = np.random.default_rng(0).normal(size=(10, 2)) * 1e40
    with pytest.raises(ValueError, match="too large to compare"):
        precision_recall(x, x)

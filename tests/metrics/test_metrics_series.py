"""Scores of series: worked by hand, on series that are right, shuffled, and copied."""

import numpy as np
import pytest

from gan_keras import kinds, metrics
from gan_keras.metrics import series
from gan_keras.metrics.labelled import Side
from gan_keras.metrics.tables.c2st import folds_of


def walks(num, seed, steps=8):
    """Walks with a memory, in two channels of which the second follows the first."""
    random = np.random.default_rng(seed)
    first = random.normal(size=(num, steps)).cumsum(axis=1)
    return np.stack([first, first + 0.3 * random.normal(size=first.shape)], axis=-1)


REAL = walks(300, 0)
KIND = kinds.Signals.fit(
    REAL, ["x", "y"], attributes=["class"], combinations=[["first"], ["second"]]
)


def side(readings):
    labels = (readings[:, 0, 0] > 0).astype("int32")
    return Side(samples=KIND.encode(readings), labels=labels)


def test_scores_beside_shuffled_and_held_out_ones():
    found = metrics.evaluate_series(
        side(walks(200, 1)), side(REAL), KIND, held_out=side(walks(150, 2)), seed=0
    )
    values = {score.metric: score.value for score in found}
    assert set(metrics.SERIES_METRICS) | {"lag_1"} <= set(values)
    for name in ("c2st", "c2st_changes"):
        assert abs(values[name] - 0.5) < 0.1
        assert abs(values[f"{name}@held_out"] - 0.5) < 0.12
    assert values["c2st_changes@shuffled"] > 0.9
    for name in ("autocorrelation", "lag_1"):
        assert values[name] < 0.1 < values[f"{name}@shuffled"]
    assert values["cross_correlation"] < 0.05
    assert values["marginal_ks"] < 0.1
    assert values["marginal_ks@shuffled"] == 0.0
    assert abs(values["closest_record"] - 0.5) < 0.1
    assert "closest_record@held_out" not in values


def test_copies_are_seen():
    found = metrics.evaluate_series(
        side(REAL[:100]), side(REAL), KIND, held_out=side(walks(150, 2)), metrics="closest_record"
    )
    assert found[0].metric == "closest_record"
    assert found[0].value > 0.98


def test_autocorrelation_differences_by_hand():
    """Alternating series have -1 at lag 1 and 1 at lag 2; a step has 1/3 and -1."""
    alternating = np.tile([1.0, -1.0, 1.0, -1.0], (3, 1))[..., None]
    step = np.tile([1.0, 1.0, -1.0, -1.0], (3, 1))[..., None]
    found = series.autocorrelation_differences(alternating, step)
    np.testing.assert_allclose(found, [[-4 / 3, 2.0]])
    assert not series.autocorrelation_differences(step, step).any()


def test_series_as_tables():
    samples = KIND.encode(REAL[:4])
    table = series.flat(samples, KIND, [0, 1, 1, 0])
    assert list(table)[:2] == ["class", "x@0"]
    assert len(table) == 17
    assert table["class"].tolist() == ["first", "second", "second", "first"]
    decoded = KIND.decode(samples)
    np.testing.assert_array_equal(table["y@3"], decoded[:, 3, 1])
    changes = series.changes(samples, KIND)
    assert len(changes) == 14
    np.testing.assert_allclose(changes["x@7"], decoded[:, 7, 0] - decoded[:, 6, 0])
    np.testing.assert_array_equal(series.readings(samples, KIND)["y"], decoded[..., 1].ravel())


def test_folds_in_time_keep_neighbours_together():
    fold = folds_of(12, 2, 0, stretches=(1, 3))
    assert fold[12:].tolist() == [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    assert sorted(fold[:12]) == [0] * 6 + [1] * 6
    assert fold[:12].tolist() != [0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 1, 1]
    np.testing.assert_array_equal(folds_of(12, 2, 0)[:12], fold[:12])


def test_a_split_in_time_does_not_know_neighbours_again():
    """Each real series stands four times: split at random, its twins give it away."""
    twins = np.repeat(walks(60, 3), 4, axis=0)
    found = {}
    for name, stretches in (("random", (1, 1)), ("time", (1, 6 * 4))):
        fake, real = (series.flat(KIND.encode(one), KIND) for one in (walks(240, 4), twins))
        found[name] = metrics.tables.c2st(fake, real, stretches=stretches, draws=0).value
    assert found["random"] > found["time"] + 0.05


def test_what_is_not_possible_is_refused():
    with pytest.raises(ValueError, match=r"Unknown metric of series 'c2ts'\. Did you mean 'c2st'"):
        metrics.evaluate_series(side(REAL), side(REAL), KIND, metrics=["c2ts"])
    with pytest.raises(ValueError, match="'closest_record' takes real series never trained on"):
        metrics.evaluate_series(side(REAL), side(REAL), KIND, metrics=["closest_record"])

"""Whether a table gives anybody away: copies are caught, fresh rows are not accused."""

import numpy as np
import pytest

from gan_keras.metrics import tables
from gan_keras.metrics.tables import columns
from gan_keras.metrics.tables.exact_copies import row_ids
from gan_keras.metrics.tables.mixed import Mixed

COPYING = {
    "closest_record_share": tables.closest_record_share,
    "closest_record_odds": tables.closest_record_odds,
    "membership": tables.membership_auc,
    "calibrated": lambda *sides: tables.membership_auc(*sides, calibrated=True),
}


def people(num, seed):
    random = np.random.default_rng(seed)
    age = random.normal(40, 10, num).round(2)
    return columns.columns(
        {
            "age": age,
            "pay": (age * 100 + random.normal(0, 500, num)).round(2),
            "job": random.choice(["cook", "clerk", "pilot"], num),
        }
    )


REAL, HELD_OUT, FRESH = people(300, 0), people(300, 1), people(300, 2)


def test_distances_by_hand():
    # Middle nine tenths of 0 to 100: from 5 to 95, a range of 90.
    real = columns.columns({"n": np.arange(101.0), "c": ["x"] * 50 + ["y"] * 51})
    vectors = Mixed(real)
    rows = vectors(columns.columns({"n": [0.0, 90.0, 0.0, np.nan], "c": ["x", "x", "y", "x"]}))
    squares = ((rows - rows[0]) ** 2).sum(axis=1)
    # A range apart; another category; missing: its flag, and from 0 to the median 50 of 90.
    assert np.allclose(squares, [0.0, 1.0, 1.0, 1.0 + (50 / 90) ** 2])
    far = vectors(columns.columns({"n": [50.0, 1e9], "c": ["x", "x"]}))
    assert np.allclose(((far[0] - far[1]) ** 2).sum(), 25.0)  # cut at 5
    new = vectors(columns.columns({"n": [50.0, 50.0], "c": ["new", "x"]}))
    assert np.allclose(((new[0] - new[1]) ** 2).sum(), 1.0)


def test_closest_record_by_hand():
    # Training 0 and 10, held-out 1 and 11: the fakes 0, 10 and 10.4 are nearer to training.
    real, held_out = {"a": [0.0, 10.0]}, {"a": [1.0, 11.0]}
    found = tables.closest_record_share({"a": [0.0, 10.0, 10.4, 1.0]}, real, held_out)
    assert found.value == 0.75
    even = tables.closest_record_share({"a": [0.5, 10.5]}, real, real)
    assert even.value == 0.5  # ties count half


def test_odds_by_hand():
    # Of three fakes two are nearest to one of 4 training rows, and one to one of 2 held-out rows:
    real, held_out = {"a": [0.0, 1.0, 2.0, 3.0]}, {"a": [10.0, 10.0]}
    found = tables.closest_record_odds({"a": [0.0, 2.0, 9.0]}, real, held_out)
    # 2/3 / 4 = 1/6 against 1/3 / 2 = 1/6.
    assert abs(found.value - 0.5) < 1e-12
    assert tables.closest_record_odds(REAL, REAL, HELD_OUT).value == 1.0
    few = columns.rows(HELD_OUT, slice(50))
    fresh = tables.closest_record_odds(FRESH, REAL, few)
    assert fresh.low < 0.5 < fresh.high
    assert tables.closest_record_odds(few, REAL, few).value == 0.0


def test_the_error_of_the_closest_record_is_that_of_other_draws():
    """Of 300 draws of all three tables: .05; a bootstrap of the fake rows alone says .04."""
    random, found = np.random.default_rng(0), []
    for _ in range(300):
        sides = [{"a": random.normal(size=size)} for size in (200, 100, 40)]
        found.append(tables.closest_record_odds(*sides))
    values = np.array([one.value for one in found])
    assert abs(values.mean() - 0.5) < 0.02
    assert np.mean([one.std for one in found]) == pytest.approx(values.std(), rel=0.15)


def test_copies_are_nearest_to_training_rows_and_fresh_rows_are_not():
    assert tables.closest_record_share(REAL, REAL, HELD_OUT).value == 1.0
    assert tables.closest_record_share(HELD_OUT, REAL, HELD_OUT).value == 0.0
    fresh = tables.closest_record_share(FRESH, REAL, HELD_OUT)
    assert fresh.low < 0.5 < fresh.high
    assert abs(fresh.value - 0.5) < 0.12


def test_membership_by_hand():
    # Distances to the fake rows 0 and 8: members 0 and 2, others 1 and 3: of 4 pairs 3 are right.
    fake = {"a": [0.0, 8.0]}
    found = tables.membership_auc(fake, {"a": [0.0, 6.0]}, {"a": [1.0, 5.0]})
    assert found.value == 0.75
    turned = tables.membership_auc(fake, {"a": [1.0, 5.0]}, {"a": [0.0, 6.0]})
    assert turned.value == 0.25


@pytest.mark.parametrize("calibrated", [False, True])
def test_members_are_told_from_copies_alone(calibrated):
    copied = tables.membership_auc(REAL, REAL, HELD_OUT, calibrated=calibrated)
    assert copied.value == 1.0
    fresh = tables.membership_auc(FRESH, REAL, HELD_OUT, calibrated=calibrated)
    assert fresh.low < 0.5 < fresh.high
    with pytest.raises(ValueError, match=r"more held-out rows. Received: 1"):
        tables.membership_auc(FRESH, REAL, columns.rows(HELD_OUT, [0]), calibrated=calibrated)


def alike(num, seed):
    """Whole numbers, so that many rows have a twin."""
    people_ = people(num, seed)
    whole = {"age": people_["age"].round(), "pay": people_["pay"].round(-2) // 100}
    return columns.columns({**whole, "job": people_["job"]})


@pytest.mark.parametrize("table", [people, alike])
@pytest.mark.parametrize("score", COPYING)
def test_held_out_rows_that_were_trained_on_neither_hide_copies_nor_accuse(score, table):
    real, held_out, fresh = (table(600, seed) for seed in (0, 1, 2))
    leaked = columns.joined(columns.rows(real, slice(370)), columns.rows(held_out, slice(370, 600)))
    copied = columns.joined(columns.rows(real, slice(450)), columns.rows(fresh, slice(150)))
    with pytest.warns(UserWarning, match=r"of the 600 held-out rows are training rows"):
        accused, caught = (COPYING[score](fake, real, leaked) for fake in (fresh, copied))
    assert abs(accused.value - 0.5) < 3 * accused.std
    assert caught.value > 0.5 + 3 * caught.std


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("table", [people, alike])
def test_natural_twins_are_not_left_out(table):
    for seed in range(20):
        real, held_out = table(400, 2 * seed), table(150, 2 * seed + 1)
        found = tables.unseen(real, held_out)
        assert (found.common, found.real, found.held_out) == (0, real, held_out)
    twins = tables.exact_copies(held_out, real).mean()
    assert twins > 0.2 if table is alike else twins == 0.0


def test_how_many_common_rows_are_natural():
    real = columns.columns({"a": np.arange(1000.0)})
    few, many = (columns.columns({"a": np.arange(1000.0) + 1000 - n}) for n in (11, 12))
    assert tables.unseen(real, few).common == 0
    with pytest.warns(UserWarning, match=r"^12 of the 1,000 held-out .* as 0 of the 1,000 train"):
        found = tables.unseen(real, many)
    assert (found.common, columns.num_rows(found.held_out)) == (12, 988)
    twice = columns.joined(real, columns.rows(real, slice(100)))
    half = columns.columns({"a": np.arange(500.0, 1500.0)})
    with pytest.warns(UserWarning, match=r"182 would be natural, as 200 of the 1,100 training"):
        found = tables.unseen(twice, half)
    assert np.array_equal(found.real["a"], np.arange(100.0, 1000.0))
    assert np.array_equal(found.held_out["a"], np.arange(1000.0, 1500.0))
    with pytest.raises(ValueError, match=r"Of one side 19 would be left, fewer than 20\. Hold out"):
        tables.unseen(real, columns.columns({"a": np.arange(19.0, 1019.0)}))


def test_copies_are_counted():
    real = {"age": [30.0, 40.0, np.nan], "job": ["cook", "clerk", ""]}
    fake = {"age": [30.0, 30.0, 40.0, np.nan], "job": ["cook", "clerk", "clerk", None]}
    assert tables.exact_copies(fake, real).tolist() == [True, False, True, True]
    assert not tables.exact_copies(FRESH, REAL).any()


def test_rows_are_equal_where_ids_are():
    first, second = row_ids({"a": [1, 1, 2], "b": [1, 2, 1]}, {"a": [2, 1], "b": [1, 1]})
    assert first[2] == second[0]
    assert first[0] == second[1]
    assert len({*first}) == 3


def test_ids_of_many_columns_do_not_overflow():
    # 30 columns of 100 values: 10 ** 60 combinations, far beyond 64 bits.
    wide = {f"c{n}": np.random.default_rng(n).permutation(100) for n in range(30)}
    first, second = row_ids(wide, {name: values[::-1] for name, values in wide.items()})
    assert len({*first}) == 100
    assert np.array_equal(first, second[::-1])


def test_canaries_are_new_and_different():
    planted, controls = tables.canaries(REAL, 20, seed=3)
    both = columns.joined(planted, controls)
    assert columns.num_rows(planted) == columns.num_rows(controls) == 10
    assert not tables.exact_copies(both, REAL).any()
    ids, _ = row_ids(both, REAL)
    assert len({*ids}) == 20
    assert set(both["pay"]) <= set(REAL["pay"])
    with pytest.raises(ValueError, match="too few combinations for 4 rows that nobody has"):
        tables.canaries({"a": ["x", "y"], "b": ["x", "y"]}, 4)
    with pytest.raises(ValueError, match="at least 4 canaries"):
        tables.canaries(REAL, 3)


def test_canaries_that_come_back_are_found():
    planted, controls = tables.canaries(REAL, 40, seed=3)
    table = tables.planted(REAL, planted, copies=2)
    assert columns.num_rows(table) == 340
    assert tables.exact_copies(table, planted).sum() == 40
    leaked = tables.canary_report(table, planted, controls)
    assert (leaked["found"], leaked["controls_found"], leaked["auc"].value) == (20, 0, 1.0)
    kept = tables.canary_report(FRESH, planted, controls)
    assert (kept["found"], kept["controls_found"]) == (0, 0)
    assert kept["auc"].low < 0.5 < kept["auc"].high


def test_copies_stand_beside_the_twins_of_training_rows():
    # Five of the six training rows have a twin; one of the fakes is none of them.
    real = {"age": [1, 1, 2, 2, 2, 3], "job": list("aabbbc")}
    assert tables.twins(real).tolist() == [True] * 5 + [False]
    fake = {"age": [1, 2, 3, 9], "job": list("abca")}
    found = tables.evaluate_table(fake, real, metrics=["exact_copies"])
    values = {score.metric: score.value for score in found}
    assert values["exact_copies"] == 3 / 4
    assert values["exact_copies@real"] == 5 / 6
    assert "exact_copies@held_out" not in values

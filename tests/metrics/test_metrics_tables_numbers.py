"""Scores of columns, pairs and rules, each worked out by hand from both sides."""

import numpy as np
import pytest

from gan_keras.metrics import tables
from gan_keras.metrics.tables import columns

NAN = float("nan")


def test_shapes_of_numbers_by_hand():
    # Distributions after 1, 2, 3, 4: real 1/4 2/4 3/4 1, fake 0 2/4 2/4 1; largest gap 1/4.
    found = tables.column_shapes({"a": [2.0, 2.0, 4.0, 4.0]}, {"a": [1.0, 2.0, 3.0, 4.0]})
    assert found == {"a": 0.75}
    apart = tables.column_shapes({"a": [5.0, 6.0]}, {"a": [1.0, 2.0, 3.0, 4.0]})
    assert apart == {"a": 0.0}
    assert tables.column_shapes({"a": [1, 2, 3, 4]}, {"a": [1.0, 2.0, 3.0, 4.0]}) == {"a": 1.0}


def test_missing_numbers_are_a_value():
    # Half against a quarter: below all numbers the distributions differ by 1/4, and above by less.
    real = {"a": [NAN, 1.0, 1.0, 1.0]}
    assert tables.column_shapes({"a": [NAN, NAN, 1.0, 1.0]}, real) == {"a": 0.75}
    assert tables.column_shapes({"a": [NAN, NAN, NAN, NAN]}, real) == {"a": 0.25}
    assert tables.column_shapes({"a": [NAN, NAN]}, {"a": [NAN, NAN, NAN]}) == {"a": 1.0}


def test_shapes_of_categories_by_hand():
    # Shares x y z: real .5 .5 0, fake .25 .25 .5; half of .25 + .25 + .5.
    fake, real = {"a": ["x", "y", "z", "z"]}, {"a": ["x", "y"]}
    assert tables.column_shapes(fake, real) == {"a": 0.5}
    assert tables.column_shapes(real, fake) == {"a": 0.5}
    missing = tables.column_shapes({"a": ["x", None]}, {"a": ["x", ""]})
    assert missing == {"a": 1.0}


def test_pairs_by_hand():
    # Cells xu 1/2, yv 1/2 against all four 1/4: half of 4 * 1/4; columns alone are the same.
    real = {"a": ["x", "x", "y", "y"], "b": ["u", "u", "v", "v"]}
    fake = {"a": ["x", "x", "y", "y"], "b": ["u", "v", "u", "v"]}
    assert tables.pair_similarity(fake, real) == {("a", "b"): 0.5}
    assert tables.column_shapes(fake, real) == {"a": 1.0, "b": 1.0}
    assert tables.pair_similarity(real, real) == {("a", "b"): 1.0}
    assert tables.pair_similarity({"a": ["x"]}, {"a": ["x"]}) == {}


def test_numbers_of_pairs_fall_into_bins_of_the_real_table():
    # Two bins with their edge at 2.5: within a bin numbers may move, beyond it they may not.
    real = {"a": [1.0, 2.0, 3.0, 4.0], "b": ["u", "u", "v", "v"]}
    within = {**real, "a": [2.4, 0.0, 2.5, 9.0]}
    across = {**real, "a": [1.0, 2.6, 3.0, 4.0]}
    missing = {**real, "a": [1.0, NAN, 3.0, 4.0]}
    for fake, score in ((within, 1.0), (across, 0.75), (missing, 0.75)):
        assert tables.pair_similarity(fake, real, bins=2) == {("a", "b"): score}
    with pytest.raises(ValueError, match=r"at least 2. Received: 1"):
        tables.pair_similarity(real, real, bins=1)


def test_correlations_by_hand():
    # a and b: 1 in the real table; (1, 2, 3) and (1, 3, 2): covariance 1/2, variances 1: 1/2.
    real = {"a": [1.0, 2.0, 3.0], "b": [1.0, 2.0, 3.0], "c": ["x", "y", "z"]}
    found = tables.correlation_difference({**real, "b": [1.0, 3.0, 2.0]}, real)
    assert list(found) == [("a", "b")]
    assert abs(found["a", "b"] - 0.5) < 1e-12
    constant = tables.correlation_difference({**real, "b": [7.0, 7.0, 7.0]}, real)
    assert abs(constant["a", "b"] - 1.0) < 1e-12
    # The row that lacks a number does not count.
    holed = {"a": [1.0, 2.0, 3.0, 99.0], "b": [1.0, 2.0, 3.0, NAN], "c": ["x", "y", "z", "z"]}
    assert abs(tables.correlation_difference(holed, real)["a", "b"]) < 1e-12


def test_coverage_by_hand():
    real = {"a": ["x", "y", "z", ""], "n": [1.0, 2.0, 3.0, 4.0]}
    fake = {"a": ["x", "x", "new", None], "n": [1.0, 1.0, 1.0, 1.0]}
    assert tables.category_coverage(fake, real) == {"a": 0.5}  # x and the missing one
    assert tables.category_coverage(real, real) == {"a": 1.0}


def test_inferred_rules_by_hand():
    real = {"age": [20.0, 60.0], "job": ["cook", "clerk"]}
    fake = {"age": [20.5, 60.0, 61.0, NAN], "job": ["cook", "cook", "pilot", "clerk"]}
    assert tables.constraint_violations(fake, real) == {
        "any": 0.75,  # all but the second row
        "age is there": 0.25,
        "age in [20, 60]": 0.25,
        "age is whole": 0.25,
        "job is a known category": 0.25,
    }
    assert tables.constraint_violations(real, real)["any"] == 0.0


def test_rules_of_ones_own():
    real = {"age": [20.0, 60.0, 15.0], "state": ["single", "married", "married"]}
    rules = {"16 to marry": lambda t: (t["age"] >= 16) | (t["state"] != "married")}
    found = tables.constraint_violations(real, real, constraints=rules)
    assert found == {"any": 1 / 3, "16 to marry": 1 / 3}
    with pytest.raises(ValueError, match="'broken' must give a bool for each of 3 rows"):
        tables.constraint_violations(real, real, constraints={"broken": lambda t: t["age"]})
    assert tables.constraint_violations(real, real, constraints={}) == {"any": 0.0}


def test_area_by_hand():
    # Pairs (positive, negative): 3>1, 3>2, 2>1, 2=2 half: 3.5 of 4.
    assert tables.area([1.0, 2.0, 2.0, 3.0], [False, False, True, True]) == 0.875
    assert tables.area([3.0, 2.0, 2.0, 1.0], [False, False, True, True]) == 0.125
    assert tables.area([1.0, 2.0], [True, True]) == 0.5
    # The tied negative counts three times: (1 + 1 + 3 * 1 + 3 * .5) / (2 * 4).
    weights = [1.0, 3.0, 1.0, 1.0]
    assert tables.area([1.0, 2.0, 2.0, 3.0], [False, False, True, True], weights) == 6.5 / 8


def test_bootstrap_of_a_mean():
    # Of 400 zeros and ones, half of each: standard error sqrt(.25 / 400) = .025.
    values = np.repeat([0.0, 1.0], 200)
    strata = np.zeros(400, int)
    found = tables.bootstrap(lambda w: (w @ values) / w.sum(), strata, draws=400)
    assert found.value == 0.5
    assert 0.021 < found.std < 0.029
    assert 0.43 < found.low < 0.47 < 0.53 < found.high < 0.57
    # Drawn among one another, all of a stratum being equal, nothing moves.
    fixed = tables.bootstrap(lambda w: (w @ values) / w.sum(), values.astype(int))
    assert (fixed.std, fixed.low, fixed.high) == (0.0, 0.5, 0.5)
    assert tables.bootstrap(np.sum, strata, draws=0).std is None


def test_shuffled_keeps_columns_and_loses_rows():
    table = {"a": np.arange(50.0), "b": np.arange(50.0)}
    found = tables.shuffled(table, seed=1)
    assert all(np.array_equal(np.sort(found[name]), table[name]) for name in table)
    assert (found["a"] == found["b"]).mean() < 0.2
    assert np.array_equal(found["a"], tables.shuffled(table, seed=1)["a"])


def test_columns_are_numbers_or_text():
    dates = np.array(["1970-01-02", "NaT"], "datetime64[D]")
    found = columns.columns({"d": dates, "i": [1, 2], "b": [True, False], "o": ["x", None]})
    assert np.array_equal(found["d"], [1.0, NAN], equal_nan=True)
    assert found["i"].dtype == "float64"
    assert list(found["b"]) == ["True", "False"]
    assert list(found["o"]) == ["x", ""]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({}, "has no columns"),
        ({"a": []}, "has no rows"),
        ({"a": [1.0], "b": [1.0, 2.0]}, "differ in length: 'a' 1, 'b' 2"),
        ({"a": [1.0, np.inf]}, "1 numbers are infinite"),
        ({"a": [[1.0]]}, r"a column is \(num,\)"),
    ],
)
def test_tables_that_are_none(table, message):
    with pytest.raises(ValueError, match=message):
        columns.columns(table, "real")


def test_schemas_that_differ():
    real = columns.columns({"age": [1.0], "job": ["cook"]})
    with pytest.raises(ValueError, match=r"'agee' that the real one lacks. Did you mean 'age'"):
        columns.aligned({"agee": [1.0], "job": ["cook"]}, real)
    with pytest.raises(ValueError, match="lacks the column 'job'"):
        columns.aligned({"age": [1.0]}, real)
    with pytest.raises(ValueError, match="Received: 'old' in row 2"):
        columns.aligned({"age": ["3", "old"], "job": ["a", "b"]}, real)
    # Text that reads as numbers, and numbers that stand for categories, are taken.
    found = columns.aligned({"job": [1, 2, 3], "age": ["4", None, "1970-01-03"]}, real)
    assert list(found) == ["age", "job"]
    assert np.array_equal(found["age"], [4.0, NAN, 2.0], equal_nan=True)
    assert list(found["job"]) == ["1", "2", "3"]

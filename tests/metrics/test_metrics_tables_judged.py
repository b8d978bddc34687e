"""Scores that train trees: C2ST, TSTR and TRTS on tables whose answers are known."""

import sys

import numpy as np
import pytest

from gan_keras.metrics import tables
from gan_keras.metrics.tables import boosting, columns
from gan_keras.metrics.tables.c2st import folds_of
from gan_keras.metrics.tables.tasks import mean_f1


def people(num, seed):
    """Pay is a hundred times the age; who earns above 4,000 is rich."""
    random = np.random.default_rng(seed)
    age = random.uniform(20, 60, num)
    return columns.columns(
        {"age": age, "pay": age * 100, "rich": np.where(age > 40, "yes", "no").astype(object)}
    )


REAL, HELD_OUT = people(300, 0), people(300, 1)


def test_f1_by_hand():
    # Class 0: 2 right, 3 chosen, 2 true: 4/5. Class 1: 1 right, 1 chosen, 2 true: 2/3.
    chosen, answers = np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])
    assert abs(mean_f1(chosen, answers, 2, np.ones(4)) - (4 / 5 + 2 / 3) / 2) < 1e-12
    # The wrong row does not count: all right.
    assert mean_f1(chosen, answers, 2, np.array([1.0, 1.0, 0.0, 1.0])) == 1.0
    # A class that nobody asks about has no F1.
    assert abs(mean_f1(np.array([2, 0]), np.array([0, 0]), 3, np.ones(2)) - 2 / 3) < 1e-12


def test_folds_hold_as_many_of_each_side():
    fold = folds_of(10, 5, 0)
    for side in (fold[:10], fold[10:]):
        assert np.bincount(side).tolist() == [2] * 5


def test_categories_are_ranks_and_rare_ones_share_one():
    values = ["b"] * 3 + ["a"] * 2 + ["c"]
    matrices, categories = boosting.encoded(
        columns.columns({"c": values, "n": np.arange(6.0)}), columns.columns({"c": ["c"], "n": [9]})
    )
    assert categories.tolist() == [True, False]
    assert matrices[0][:, 0].tolist() == [0, 0, 0, 1, 1, 2]  # a and c have two each: by name
    assert matrices[1].tolist() == [[2, 9]]
    many = columns.columns({"c": [f"{number:03}" for number in range(300)]})
    (matrix,), _ = boosting.encoded(many)
    assert matrix.max() == 254
    assert (matrix == 254).sum() == 46


def test_a_column_of_which_nothing_is_known_teaches_nothing():
    """scikit-learn finds no bins for a column that is missing throughout."""
    pytest.importorskip("sklearn")
    random = np.random.default_rng(0)
    age, empty = random.uniform(20, 60, 100), np.full(100, np.nan)
    table = {"age": age, "empty": empty, "old": age > 40}
    apart = {**table, "age": age + 1000.0}
    assert tables.c2st(table, apart).value == 1.0
    assert tables.tstr(table, table, "old")["auc"].value == 1.0
    known_once = {**table, "empty": np.where(np.arange(100) == 3, 1.0, np.nan)}
    # `old` halves the ages, and half of a uniform has a quarter of its variance.
    assert tables.tstr(table, known_once, "age")["r2"].value == pytest.approx(0.75, abs=0.03)


def test_without_scikit_learn_the_error_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "sklearn", None)
    with pytest.raises(ImportError, match=r'pip install "gan-keras\[tables\]"'):
        tables.c2st(HELD_OUT, REAL)
    with pytest.raises(ImportError, match=r'pip install "gan-keras\[tables\]"'):
        tables.evaluate_table(HELD_OUT, REAL, metrics=["column_shapes", "c2st"])
    [score, *_] = tables.evaluate_table(HELD_OUT, REAL, metrics=["column_shapes"])
    assert score.metric == "column_shapes"


class TestTrees:
    """What needs scikit-learn."""

    @pytest.fixture(autouse=True)
    def judge(self):
        pytest.importorskip("sklearn")

    def test_c2st_orders_tables(self):
        real = tables.c2st(HELD_OUT, REAL, folds=3)
        assert real.low < 0.5 < real.high
        shuffled = tables.c2st(tables.shuffled(REAL), REAL, folds=3)
        assert shuffled.value > 0.9
        apart = tables.c2st({**HELD_OUT, "age": HELD_OUT["age"] + 100}, REAL, folds=3)
        assert apart.value > 0.99
        copies = tables.c2st(REAL, REAL, folds=3)
        assert copies.high < 0.45  # a row is real in one fold and fake in another

    def test_c2st_of_equal_rows_knows_nothing(self):
        same = {"a": np.zeros(40), "b": ["x"] * 40}
        assert tables.c2st(same, same, folds=2).value == 0.5

    def test_rows_without_which_no_tree_splits(self):
        """A leaf holds 20. Of 25 rows a side 5 are in a fold, and 40 teach; of 24 only 38."""
        few = columns.rows(REAL, slice(24))
        with pytest.raises(ValueError, match="40 rows at least, but there are 38: 4 of 5 folds of"):
            tables.c2st(few, REAL)
        young = columns.rows(REAL, np.argsort(REAL["age"])[:25])
        assert tables.c2st(young, REAL).value > 0.7
        with pytest.raises(ValueError, match="there are 39: rows with a 'rich' to learn from"):
            tables.tstr(columns.rows(REAL, slice(39)), HELD_OUT, "rich")
        assert tables.tstr(columns.rows(REAL, slice(40)), HELD_OUT, "rich")["auc"].value > 0.8

    def test_c2st_takes_rows_for_its_folds(self):
        with pytest.raises(ValueError, match="at least 2 folds"):
            tables.c2st(REAL, REAL, folds=1)
        with pytest.raises(ValueError, match="200 folds want 2 rows"):
            tables.c2st(REAL, REAL, folds=200)

    def test_classes_are_learnt_from_rows_not_from_shuffled_ones(self):
        found = tables.tstr(REAL, HELD_OUT, "rich")
        assert list(found) == ["auc", "f1"]
        assert found["auc"].value > 0.99
        assert found["f1"].value > 0.97
        shuffled = tables.tstr(tables.shuffled(REAL), HELD_OUT, "rich")
        assert 0.3 < shuffled["auc"].value < 0.7
        turned = {**REAL, "rich": np.where(REAL["rich"] == "yes", "no", "yes").astype(object)}
        assert tables.tstr(turned, HELD_OUT, "rich")["auc"].value < 0.01

    def test_one_class_teaches_nothing(self):
        found = tables.tstr({**REAL, "rich": ["no"] * 300}, HELD_OUT, "rich")
        assert found["auc"].value == 0.5
        share = (HELD_OUT["rich"] == "no").mean()
        assert abs(found["f1"].value - share / (1 + share)) < 1e-12  # 2s / (1 + s), and 0

    def test_three_classes(self):
        def table(seed):
            age = people(300, seed)["age"]
            return {"age": age, "third": np.array(["a", "b", "c"])[np.digitize(age, [33, 47])]}

        assert tables.tstr(table(0), table(1), "third")["auc"].value > 0.99
        shuffled = tables.shuffled(table(0))
        assert 0.35 < tables.tstr(shuffled, table(1), "third")["auc"].value < 0.65

    def test_numbers_are_predicted_or_not(self):
        found = tables.tstr(REAL, HELD_OUT, "pay")
        assert list(found) == ["r2"]
        assert found["r2"].value > 0.99
        assert tables.tstr(tables.shuffled(REAL), HELD_OUT, "pay")["r2"].value < 0.0

    def test_fake_rows_are_asked_of_what_learnt_on_real_ones(self):
        assert tables.trts(HELD_OUT, REAL, "rich")["auc"].value > 0.99
        # One perfect row of each class, again and again, is enough here, and teaches little.
        poor = {"age": [30.0, 50.0] * 20, "pay": [3000.0, 5000.0] * 20, "rich": ["no", "yes"] * 20}
        assert tables.trts(poor, REAL, "rich")["auc"].value == 1.0

    def test_two_numbers_are_a_class(self):
        binary = {**REAL, "rich": (REAL["rich"] == "yes") * 1.0}
        assert list(tables.trts(binary, binary, "rich")) == ["auc", "f1"]

    def test_targets_that_cannot_be(self):
        with pytest.raises(ValueError, match=r"no column 'rch' to predict. Did you mean 'rich'"):
            tables.tstr(REAL, HELD_OUT, "rch")
        with pytest.raises(ValueError, match="no column but 'rich'"):
            tables.tstr({"rich": ["a", "b"]}, {"rich": ["a", "b"]}, "rich")
        with pytest.raises(ValueError, match="All rows to ask about have the same 'rich'"):
            tables.tstr(REAL, {**HELD_OUT, "rich": ["no"] * 300}, "rich")
        with pytest.raises(ValueError, match="Fewer than 2 rows have a 'pay'"):
            tables.tstr({**REAL, "pay": [np.nan] * 300}, HELD_OUT, "pay")

    def test_the_same_seed_gives_the_same_number(self):
        assert tables.c2st(HELD_OUT, REAL, folds=2) == tables.c2st(HELD_OUT, REAL, folds=2)

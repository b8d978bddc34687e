"""Numbers that move to neighbouring bins: which, how far, how often, and that nothing is lost."""

import itertools

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import data, kinds
from gan_keras.augment import Neighbours
from gan_keras.latents import RandomStream

NUM = 10_000


def source(num=400, missing=True):
    """A number with frequent values and missing ones, one in bins, a word, and a constant."""
    rng = np.random.default_rng(0)
    frequent = np.where(np.arange(num) % 3 == 0, 5.0, rng.normal(size=num).round(3))
    if missing:
        frequent[::7] = np.nan
    word = np.where(np.arange(num) % 2, "a", "b")
    table = {"often": frequent, "even": rng.uniform(size=num), "word": word, "one": np.ones(num)}
    return data.source(table)


def joined(kind, **arguments):
    layer = Neighbours(**arguments)
    layer.join(kind)
    return layer


def one_row(kind, place):
    """NUM times the row whose numbers are each in their bin number `place`, in order."""
    rows = np.zeros((1, kind.shape[0]), "float32")
    starts = np.cumsum((0, *kind.blocks[:-1]))
    for start, order in zip(starts, kind.orders(), strict=True):
        rows[0, order[place] if len(order) > 1 else start] = 1.0
    return tf.constant(np.repeat(rows, NUM, axis=0))


def test_orders_are_those_of_the_numbers():
    kind = source().kind
    often, even, *others = kind.orders()
    assert others == [[], []]
    assert len(often) == kind.blocks[0] - 1  # all but the missing ones
    assert sorted(even - kind.blocks[0]) == list(range(kind.blocks[1]))
    column = kind.columns[0]
    means = [np.mean(column.decode(np.full(9, unit), np.random.default_rng(0))) for unit in often]
    assert means == sorted(means)
    assert any(np.diff(often) != 1)  # frequent values come first: their order is not the units'


@pytest.mark.parametrize("place", [0, 1, 10, -2, -1])
def test_how_far_and_how_often(place):
    """Reach 2, by hand: 1, 2, 3, 2, 1 of 9 for -2 to 2 bins; what would leave stays."""
    kind = source().kind
    moved = joined(kind, probability=0.6)(one_row(kind, place), RandomStream(0)).numpy()
    for order in kind.orders()[:2]:
        shares = moved[:, order].mean(0)
        expected, here = np.zeros(len(order)), range(len(order))[place]
        expected[here] = 0.4
        for step, chance in zip(range(-2, 3), (1, 2, 3, 2, 1), strict=True):
            target = here + step if 0 <= here + step < len(order) else here
            expected[target] += 0.6 * chance / 9
        assert np.max(abs(shares - expected)) < 0.02  # 4 deviations of 10,000 rows
    stayed = [moved[:, order[place]] == 1.0 for order in kind.orders()[:2]]
    both = (~stayed[0] & ~stayed[1]).mean()
    chance = {0: 3, 1: 5, 10: 6, -2: 5, -1: 3}[place] / 9
    assert abs(both - 0.6 * chance**2) < 0.02  # rows are chosen, and then columns on their own


def test_rows_stay_rows_and_the_rest_is_untouched():
    kind = source().kind
    rows = kind.to_network(source().samples)
    moved = joined(kind, reach=6, probability=1.0)(tf.constant(rows), RandomStream(0)).numpy()
    starts = np.cumsum((0, *kind.blocks))
    for start, end in itertools.pairwise(starts):
        assert np.array_equal(moved[:, start:end].sum(1), np.ones(len(rows)))
    assert np.array_equal(moved[:, starts[2] :], rows[:, starts[2] :])
    missing = starts[1] - 1
    assert np.array_equal(moved[:, missing], rows[:, missing])
    assert rows[:, missing].any()
    often = kind.orders()[0]
    here, there = (np.argmax(x[:, often], axis=1) for x in (rows, moved))
    assert abs(here - there).max() == 6


def test_nothing_is_lost():
    """The mean move as a matrix over bins has no value near 0: two tables stay two."""
    kind = source(missing=False).kind
    order = kind.orders()[1]
    layer, rows, means = joined(kind, probability=0.8), np.zeros((NUM, kind.shape[0])), []
    for unit in order:
        rows[:] = 0.0
        rows[:, unit] = 1.0
        moved = layer(tf.constant(rows, "float32"), RandomStream(0))
        means.append(moved.numpy()[:, order].mean(0))
    matrix = np.stack(means)
    assert np.linalg.svd(matrix, compute_uv=False).min() > 0.15  # 1 - 0.8, and noise


def test_refusals():
    for wrong in ({"reach": 3}, {"reach": 0}, {"reach": True}, {"reach": 2.0}):
        with pytest.raises(ValueError, match="even int of 2 or more"):
            Neighbours(**wrong)
    with pytest.raises(ValueError, match=r"in \[0, 1\]"):
        Neighbours(probability=1.2)
    for kind in (
        kinds.Images(shape=(8, 8, 1)),
        data.source({"word": np.array(["a", "b"] * 50)}).kind,
    ):
        with pytest.raises(ValueError, match="tables with numbers in bins"):
            Neighbours().join(kind)
    with pytest.raises(ValueError, match="knows no order"):
        Neighbours()(tf.ones((2, 3)), RandomStream(0))

"""Tests of the orders of samples, and of batches by role."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras.data import orders, pipeline


def taken(order, start, num):
    """Indices from a position on: an array, or a dict of arrays."""
    rows = order.stream(start).rebatch(num).take(1)
    return next(rows.as_numpy_iterator())


def unpaired(**arguments):
    return orders.Unpaired({"real": 7, "input": 5}, seed=2, **arguments)


ORDERS = {
    "shuffled": lambda: orders.Shuffled(7, seed=2),
    "in order": lambda: orders.Shuffled(7, seed=2, shuffle=False),
    "balanced": lambda: orders.Balanced(np.array([0, 0, 0, 0, 1, 1, 2]), seed=2),
}


@pytest.mark.parametrize("name", ORDERS)
def test_every_order_can_be_entered_anywhere(name):
    whole = taken(ORDERS[name](), 0, 300)
    for start in (1, 7, 13, 200):
        np.testing.assert_array_equal(taken(ORDERS[name](), start, 40), whole[start : start + 40])


def test_unpaired_orders_can_be_entered_anywhere():
    whole = taken(unpaired(), 0, 3000)
    for start in (1, 35, 1024, 2050):
        for role, places in taken(unpaired(), start, 40).items():
            np.testing.assert_array_equal(places, whole[role][start : start + 40])


# Two columns: 90 rows of category 0 and 10 of category 2 (1 has none); 50 of each of two.
CODES = np.stack([np.repeat([0, 2], [90, 10]), np.arange(100) % 2], axis=1)


def test_an_order_by_category_can_be_entered_anywhere():
    whole = taken(orders.ByCategory(CODES, seed=2), 0, 3000)
    for start in (1, 35, 1024, 2050):
        for role, places in taken(orders.ByCategory(CODES, seed=2), start, 40).items():
            np.testing.assert_array_equal(places, whole[role][start : start + 40])


def test_rare_categories_come_by_the_logarithm_of_their_rows():
    """log 91 : log 11 = .653 : .347 in the first column; .5 : .5 in the second."""
    found = taken(orders.ByCategory(CODES, seed=2), 0, 40_000)
    assert abs(found["column"].mean() - 0.5) < 0.01
    for column, share in ((0, np.log(11) / np.log(91 * 11)), (1, 0.5)):
        rows = found["real"][found["column"] == column]
        assert abs((CODES[rows, column] > 0).mean() - share) < 0.01
    times = np.bincount(found["real"], minlength=100)
    assert times.min() > 0
    assert abs(times[90:].mean() / times[:90].mean() - (0.347 + 0.1) / (0.653 + 0.9) * 9) < 0.2


def test_unpaired_sets_come_equally_often_and_each_in_passes():
    places = taken(unpaired(), 0, 70)
    for role, num in (("real", 7), ("input", 5)):
        for start in range(0, 70, num):
            assert sorted(places[role][start : start + num]) == list(range(num))
    np.testing.assert_array_equal(places["real"], taken(orders.Shuffled(7, seed=2), 0, 70))


def test_unpaired_sets_have_nothing_to_do_with_each_other():
    sizes = {"real": 500, "input": 500}
    places = taken(orders.Unpaired(sizes, seed=0), 0, 5000)
    # Of unrelated orders one place in 500 meets: 10 of 5,000. Of equal ones all would.
    assert (places["real"] == places["input"]).sum() < 30
    assert abs(np.corrcoef(places["real"], places["input"])[0, 1]) < 0.06
    kept = taken(orders.Unpaired(sizes, seed=0, shuffle=False), 0, 1200)
    np.testing.assert_array_equal(kept["real"], kept["input"])


def test_a_known_order_of_each_kind():
    # Written down once, so that a change that would break resuming old runs is noticed.
    assert taken(orders.Shuffled(6, seed=1), 0, 6).tolist() == [3, 5, 2, 1, 0, 4]
    both = taken(unpaired(), 0, 5)
    assert both["real"].tolist() == [5, 6, 4, 2, 0]
    assert both["input"].tolist() == [4, 1, 2, 0, 3]


def batches(tensors, order, **arguments):
    arguments = {"repeat": True, "first_batch": 0, "drop_remainder": True, **arguments}
    return pipeline.batches(tensors, 2, order=order, name="roles", **arguments)


def test_batches_by_role():
    tensors = {
        "real": tf.constant([[0], [255], [51]], tf.uint8),
        "input": tf.constant([[7], [8], [9]], tf.int32),
    }
    dataset = batches(tensors, orders.Shuffled(3, seed=0, shuffle=False))
    first = next(iter(dataset))
    # uint8 becomes float in [-1, 1]; class numbers stay
    np.testing.assert_allclose(first["real"], [[-1], [1]])
    assert first["input"].numpy().tolist() == [[7], [8]]
    assert dataset.element_spec["real"] == tf.TensorSpec((2, 1), tf.float32)


def test_batches_of_sets_that_are_no_pairs():
    tensors = {
        "real": tf.range(7, dtype=tf.int32),
        "labels": tf.range(7, dtype=tf.int32) * 10,  # goes with "real"
        "input": tf.range(100, 105, dtype=tf.int32),
    }
    places = taken(unpaired(), 0, 12)
    passes = batches(tensors, unpaired(), repeat=False)
    assert passes.cardinality().numpy() == 3
    # Three batches of two are a pass; the next one goes on where it ended.
    for start in (0, 6):
        found = list(passes.as_numpy_iterator())
        real = np.concatenate([batch["real"] for batch in found])
        np.testing.assert_array_equal(real, places["real"][start : start + 6])
        labels = np.concatenate([batch["labels"] for batch in found])
        np.testing.assert_array_equal(labels, 10 * real)
        given = np.concatenate([batch["input"] for batch in found])
        np.testing.assert_array_equal(given, 100 + places["input"][start : start + 6])


def test_a_pass_that_was_not_read_to_its_end_comes_again():
    tensors = (tf.range(8, dtype=tf.int32),)
    passes = batches(tensors, orders.Shuffled(8, seed=4), repeat=False)
    for _ in range(3):
        next(iter(passes))
    first, second = (np.concatenate(list(passes.as_numpy_iterator())) for _ in range(2))
    stream = taken(orders.Shuffled(8, seed=4), 0, 16)
    np.testing.assert_array_equal(first, stream[:8])
    np.testing.assert_array_equal(second, stream[8:])
    # Keras asks for as many batches as there are, and not for the end after them.
    iterator = iter(passes)
    for _ in range(4):
        next(iterator)
    third = taken(orders.Shuffled(8, seed=4), 24, 2)
    np.testing.assert_array_equal(next(iter(passes)), third)

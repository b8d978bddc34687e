"""The passes of a data set without `repeat`: the same ones on two replicas as on one device."""

import numpy as np
import pytest
import tensorflow as tf
import two_devices

from gan_keras import data

BATCH = 8


def dataset(num_batches):
    samples = two_devices.points(num_batches)
    return data.Source(name="points", samples=samples).batches(BATCH, seed=3)


def fitted(strategy, num_batches, epochs):
    with (strategy or tf.distribute.get_strategy()).scope():
        gan = two_devices.make()
        gan.compile("sgd", "sgd")
    gan.fit(dataset(num_batches), epochs=epochs, verbose=0)
    return gan.get_weights()


@pytest.mark.parametrize("num_batches", [1, 2, 3, 4, 5, 12])
def test_two_replicas_are_one_device(num_batches):
    alone = fitted(None, num_batches, epochs=3)
    shared = fitted(two_devices.mirrored(), num_batches, epochs=3)
    for one, two in zip(alone, shared, strict=True):
        np.testing.assert_allclose(one, two, atol=1e-6)
    # Other passes are another training, and so the test can fail.
    shorter = fitted(None, num_batches, epochs=2)
    differences = [np.abs(one - two).max() for one, two in zip(alone, shorter, strict=True)]
    assert max(differences) > 1e-4


def test_iterators_that_are_given_up_move_nothing():
    strategy = two_devices.mirrored()
    shared = strategy.experimental_distribute_dataset(dataset(8))
    expected = list(dataset(8).as_numpy_iterator())
    for _ in range(3):
        given_up = iter(shared)
        next(given_up)
    read = [np.concatenate(strategy.experimental_local_results(batch)) for batch in shared]
    np.testing.assert_array_equal(read, expected)
    second = [np.concatenate(strategy.experimental_local_results(batch)) for batch in shared]
    assert not np.array_equal(second, expected)
    assert sorted(map(tuple, np.concatenate(second))) == sorted(map(tuple, np.concatenate(read)))

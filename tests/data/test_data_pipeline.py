"""Tests of Source.batches: order, resuming, passes, distribution."""

import numpy as np
import pytest
import tensorflow as tf

from gan_keras import data


def numbered(num_samples):
    """A source whose sample i is the vector (i,), and its label i."""
    places = np.arange(num_samples)
    samples = places[:, np.newaxis].astype("float32")
    return data.Source(name="numbered", samples=samples, labels=places)


def order(dataset, num_batches=None):
    """Which samples came, batch by batch."""
    dataset = dataset.take(num_batches) if num_batches else dataset
    batches = [(samples.numpy()[:, 0], labels.numpy()) for samples, labels in dataset]
    for samples, labels in batches:
        np.testing.assert_array_equal(samples, labels)  # a label stays with its sample
    return [labels.tolist() for _, labels in batches]


def test_each_pass_is_a_permutation_and_batches_run_across_their_ends():
    # 10 samples, batches of 4: five batches are two passes, the third batch lies across.
    flat = np.concatenate(order(numbered(10).batches(4, repeat=True), 5))
    assert sorted(flat[:10]) == list(range(10))
    assert sorted(flat[10:]) == list(range(10))
    assert list(flat[:10]) != list(flat[10:])


def test_order_is_a_function_of_the_seed():
    def first(seed):
        return order(numbered(50).batches(10, repeat=True, seed=seed), 7)

    assert first(3) == first(3)
    assert first(3) != first(4)
    tf.random.set_seed(99)  # a global seed has no say
    assert first(3) == first(3)


def test_known_order():
    # Written down once, so that a change that would break resuming old runs is noticed.
    assert order(numbered(6).batches(3, seed=1)) == [[3, 5, 2], [1, 0, 4]]


@pytest.mark.parametrize("first_batch", [0, 1, 2, 3, 5, 13])
def test_a_stream_can_be_entered_at_any_batch(first_batch):
    source = numbered(10)
    whole = order(source.batches(4, repeat=True, seed=5), 20)
    entered = order(source.batches(4, repeat=True, seed=5, first_batch=first_batch), 6)
    assert entered == whole[first_batch : first_batch + 6]


def test_entering_far_out_is_at_once():
    assert len(order(numbered(10).batches(4, repeat=True, first_batch=10**9), 1)) == 1


def test_a_finite_set_is_another_pass_each_time():
    source = numbered(12)
    passes = source.batches(4, seed=2)
    endless = order(source.batches(4, seed=2, repeat=True), 9)
    assert order(passes) == endless[:3]
    assert order(passes) == endless[3:6]
    assert order(passes) == endless[6:]
    assert order(source.batches(4, seed=2, first_batch=2)) == endless[2:3]


def test_without_shuffle_the_order_is_the_datas_own():
    dataset = numbered(5).batches(2, shuffle=False)
    assert order(dataset) == order(dataset) == [[0, 1], [2, 3]]
    endless = numbered(5).batches(2, shuffle=False, repeat=True)
    assert order(endless, 4) == [[0, 1], [2, 3], [4, 0], [1, 2]]
    kept = numbered(5).batches(2, shuffle=False, drop_remainder=False)
    assert order(kept) == [[0, 1], [2, 3], [4]]


def test_shapes_and_cardinality_are_known_before():
    dataset = numbered(10).batches(4)
    assert dataset.cardinality().numpy() == 2
    assert dataset.element_spec[0] == tf.TensorSpec((4, 1), tf.float32)
    assert dataset.element_spec[1] == tf.TensorSpec((4,), tf.int32)
    assert numbered(10).batches(4, first_batch=1).cardinality().numpy() == 1
    assert numbered(10).batches(4, drop_remainder=False).cardinality().numpy() == 3
    endless = numbered(10).batches(4, repeat=True)
    assert endless.cardinality().numpy() == tf.data.INFINITE_CARDINALITY


def test_orders_of_successive_passes_do_not_correlate():
    num_samples = 5000
    source = numbered(num_samples)
    flat = np.concatenate(order(source.batches(1000, repeat=True), 10)).reshape(2, num_samples)
    # Of random orders it is normal with deviation 1 / sqrt(5000) = 0.014; 0.06 is four of them.
    assert abs(np.corrcoef(flat)[0, 1]) < 0.06
    assert abs(np.corrcoef(flat[0, :-1], flat[0, 1:])[0, 1]) < 0.06


def test_images_become_float_per_batch_and_stay_uint8_in_memory():
    pixels = np.random.default_rng(0).integers(0, 256, (6, 4, 4, 3)).astype("uint8")
    source = data.Source(name="pixels", samples=pixels.copy())
    (batch,) = source.batches(6, shuffle=False)
    assert batch.dtype == tf.float32
    # 0 -> -1, 255 -> 1
    np.testing.assert_allclose(batch, pixels / 127.5 - 1, atol=1e-6)
    assert source.samples.dtype == np.uint8
    np.testing.assert_array_equal(source.samples, pixels)
    assert not source.samples.flags.owndata  # a view of the tensor: the data is held once


def test_labels_come_as_asked():
    source = numbered(4)
    assert len(source.batches(2).element_spec) == 2
    assert source.batches(2, labels=False).element_spec == tf.TensorSpec((2, 1), tf.float32)
    unlabelled = data.Source(name="bare", samples=np.zeros((4, 1), "float32"))
    assert unlabelled.batches(2).element_spec == tf.TensorSpec((2, 1), tf.float32)
    with pytest.raises(ValueError, match="'bare' has no labels"):
        unlabelled.batches(2, labels=True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 5}, "'numbered' has 4 samples, fewer than one batch of 5"),
        ({"batch_size": 0}, "must be at least 1"),
        ({"batch_size": 2, "first_batch": -1}, "at least 0"),
        ({"batch_size": 2, "first_batch": 2}, "past the 2 batches"),
    ],
)
def test_refused(arguments, message):
    with pytest.raises(ValueError, match=message):
        numbered(4).batches(**arguments)


def test_replicas_share_out_the_batch_of_one_device():
    devices = tf.config.list_logical_devices("CPU")
    if len(devices) < 2:
        pytest.skip("needs two logical CPU devices")
    strategy = tf.distribute.MirroredStrategy([device.name for device in devices[:2]])
    source = numbered(10)
    alone = order(source.batches(4, repeat=True, seed=1), 5)
    shared = iter(strategy.experimental_distribute_dataset(source.batches(4, repeat=True, seed=1)))
    for expected in alone:
        _, labels = next(shared)
        assert np.concatenate(strategy.experimental_local_results(labels)).tolist() == expected

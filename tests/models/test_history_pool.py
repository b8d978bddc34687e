"""The pool of earlier fakes: its rules, its state, replicas and XLA."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from gan_keras.latents import RandomStream
from gan_keras.models.history_pool import HistoryPool


def numbered(start, num, shape=(1,)):
    """Images that say their number in every pixel."""
    numbers = np.arange(start, start + num, dtype="float32")
    return tf.constant(numbers.reshape(-1, *[1] * len(shape)) * np.ones((1, *shape), "float32"))


def one_after_another(numbers, size, seed, batch):
    """The rules as a loop, with the draws of the same stream."""
    random, pool, out = RandomStream(seed), [], []
    for start in range(0, len(numbers), batch):
        part = numbers[start : start + batch]
        swaps = random.uniform((len(part),)).numpy() < 0.5
        places = random.integers((len(part),), size).numpy()
        for number, swap, place in zip(part, swaps, places, strict=True):
            if len(pool) < size:
                pool.append(number)
                out.append(number)
            elif swap:
                out.append(pool[place])
                pool[place] = number
            else:
                out.append(number)
    return out, pool


@pytest.mark.parametrize(("size", "batch"), [(5, 1), (5, 4), (3, 8), (50, 8)])
@pytest.mark.parametrize("compiled", [False, True])
def test_a_batch_at_once_is_one_image_after_another(size, batch, compiled):
    pool, random = HistoryPool((2, 1), size=size), RandomStream(4)

    @tf.function(jit_compile=compiled)
    def step(images):
        return pool(images, random)

    num = 20 * batch
    out = np.concatenate([step(numbered(i, batch, (2, 1))) for i in range(0, num, batch)])
    expected, kept = one_after_another(list(range(num)), size, 4, batch)
    np.testing.assert_array_equal(out[:, 0, 0], expected)
    np.testing.assert_array_equal(out[:, 0], out[:, 1])
    np.testing.assert_array_equal(np.array(pool.kept)[: len(kept), 1, 0], kept)
    assert int(pool.count) == len(kept) == size


def test_half_is_new_and_a_kept_image_stays_for_twice_the_size():
    pool, random, size, batch = HistoryPool((1,), size=50), RandomStream(0), 50, 100
    step = tf.function(lambda images: pool(images, random))
    out = np.concatenate([step(numbered(i, batch)) for i in range(0, 20_000, batch)])[:, 0]
    now = np.arange(20_000)
    np.testing.assert_array_equal(out[:size], now[:size])
    ages = (now - out)[1000:]
    # Standard errors: 0.0036 of the share, 1 of the mean of an exponential with mean 100.
    assert abs(np.mean(ages == 0) - 0.5) < 0.018
    assert abs(ages[ages > 0].mean() - 100) < 5
    # Nothing comes out of the past twice, and what came out as new was not kept.
    assert len(np.unique(out[size:])) == len(out) - size


def test_the_state_goes_on_bitwise_after_saving(tmp_path):
    class Holder(keras.Model):
        def __init__(self, **arguments):
            super().__init__(**arguments)
            self.pool = HistoryPool((1,), size=3)
            self.built = True

    one, other = Holder(), Holder()
    random = RandomStream(1)
    for i in range(4):
        one.pool(numbered(3 * i, 3), random)
    one.save_weights(tmp_path / "pool.weights.h5")
    other.load_weights(tmp_path / "pool.weights.h5")
    again = RandomStream(1)
    again.generator.state.assign(random.generator.state)
    assert int(other.pool.count) == 3
    for i in range(4, 8):
        first, second = one.pool(numbered(3 * i, 3), random), other.pool(numbered(3 * i, 3), again)
        np.testing.assert_array_equal(first, second)
    np.testing.assert_array_equal(np.array(one.pool.kept), np.array(other.pool.kept))


def test_two_replicas_share_the_pool_of_one_device():
    strategy = tf.distribute.MirroredStrategy(
        ["CPU:0", "CPU:1"], cross_device_ops=tf.distribute.ReductionToOneDevice()
    )
    alone, random = HistoryPool((2,), size=3), RandomStream(6)
    with strategy.scope():
        shared, shared_random = HistoryPool((2,), size=3), RandomStream(6)

    @tf.function
    def step(parts):
        return strategy.run(lambda part: shared(part, shared_random), args=(parts,))

    for i in range(6):
        batch = numbered(-4 * i, 4, (2,))
        parts = strategy.experimental_distribute_values_from_function(
            lambda context, batch=batch: batch[2 * context.replica_id_in_sync_group :][:2]
        )
        halves = strategy.experimental_local_results(step(parts))
        np.testing.assert_array_equal(np.concatenate(halves), alone(batch, random))
    for kept in strategy.experimental_local_results(shared.kept.value):
        np.testing.assert_array_equal(kept, np.array(alone.kept))


def test_no_pool():
    pool, random = HistoryPool((1,), size=0), RandomStream(0)
    np.testing.assert_array_equal(pool(numbered(0, 4), random), numbered(0, 4))
    assert pool.weights == []


def test_no_gradient_and_nothing_trained():
    pool, images = HistoryPool((1,), size=2), numbered(0, 4)
    with tf.GradientTape() as tape:
        tape.watch(images)
        total = tf.reduce_sum(pool(images, RandomStream(0)))
    assert tape.gradient(total, images) is None
    assert pool.trainable_weights == []


def test_half_precision_and_a_batch_of_unknown_size():
    pool, random = HistoryPool((1,), size=2), RandomStream(0)

    @tf.function(input_signature=[tf.TensorSpec((None, 1), tf.float16)])
    def step(images):
        return pool(images, random)

    out = [step(tf.cast(numbered(i, n), tf.float16)) for i, n in ((0, 3), (3, 1))]
    assert [part.shape[0] for part in out] == [3, 1]
    assert out[0].dtype == "float32"


def test_gives_itself_back_and_refuses():
    pool = HistoryPool((4, 4, 3), size=7)
    again = keras.saving.deserialize_keras_object(keras.saving.serialize_keras_object(pool))
    assert (again.sample_shape, again.size) == ((4, 4, 3), 7)
    assert again.kept.shape == (7, 4, 4, 3)
    with pytest.raises(ValueError, match=r"at least 0\. Received: -1"):
        HistoryPool((1,), size=-1)
    with pytest.raises(ValueError, match=r"one known size.*\(None, 4, 3\)"):
        HistoryPool((None, 4, 3))

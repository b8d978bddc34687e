"""Tensors in memory to a stream of batches whose order can be entered at any place.

The order of pass p is a permutation drawn from (seed, p) alone, so that nothing need be saved but
the number of batches made. One permutation is drawn per pass and cut into batches; samples are
gathered a whole batch at a time and only then become float32. (`tf.random.experimental.
index_shuffle` would need no permutation in memory, but its orders of 60,000 samples correlate by
0.9 from one pass to the next.)
"""

import itertools

import tensorflow as tf

from gan_keras import images
from gan_keras.data import balanced

ENDLESS = 2**62


def batches(
    tensors,
    batch_size,
    *,
    name,
    seed,
    shuffle,
    repeat,
    first_batch,
    drop_remainder,
    balanced_labels=None,
):
    """A `tf.data.Dataset` over `tensors`, as `Source.batches` describes it.

    Args:
        tensors: (samples,) or (samples, labels), equally long, on the host.
        name: what a message calls the data.
        batch_size, seed, shuffle, repeat, first_batch, drop_remainder: see `Source.batches`.
        balanced_labels: int (num,), classes that are to come equally often, or None.

    Raises:
        ValueError: there are fewer samples than a batch, or `first_batch` lies past the end.
    """
    num_samples = len(tensors[0])
    if batch_size < 1 or first_batch < 0:
        raise ValueError(
            f"`batch_size` (={batch_size}) must be at least 1 and `first_batch` (={first_batch}) "
            "at least 0."
        )
    if num_samples < batch_size:
        raise ValueError(
            f"'{name}' has {num_samples} samples, fewer than one batch of {batch_size}. "
            "Give a smaller batch size or more samples."
        )
    drop_remainder = drop_remainder or repeat or balanced_labels is not None
    num_batches = num_samples // batch_size if drop_remainder else -(-num_samples // batch_size)
    if not repeat and first_batch >= num_batches:
        raise ValueError(
            f"`first_batch` (={first_batch}) lies past the {num_batches} batches of one pass over "
            f"'{name}'. Give a smaller one, or repeat=True."
        )
    first_pass, offset = divmod(first_batch * batch_size, num_samples)

    def order(index):
        places = tf.range(num_samples, dtype=tf.int64)
        if shuffle:
            places = tf.random.experimental.stateless_shuffle(
                places, seed=tf.stack([tf.constant(seed, tf.int64), index]), alg="philox"
            )
        # Only the pass that is entered in its middle is cut; without `repeat` that is each one.
        entered = (index == first_pass) if repeat else True
        return places[tf.where(entered, tf.constant(offset, tf.int64), 0) :]

    def gather(places):
        taken = [tf.gather(tensor, places) for tensor in tensors]
        taken[0] = images.to_float(taken[0]) if taken[0].dtype == tf.uint8 else taken[0]
        return taken[0] if len(taken) == 1 else tuple(taken)

    def equal(pass_index):
        start = (pass_index * num_batches + first_batch) * batch_size
        places = balanced.positions(balanced_labels, start, seed=seed, shuffle=shuffle)
        places = places.rebatch(batch_size, drop_remainder=True)
        return places if repeat else places.take(num_batches - first_batch)

    if balanced_labels is None:
        passes = tf.data.Dataset.range(first_pass, ENDLESS) if repeat else _next_pass()
        places = passes.map(order).rebatch(batch_size, drop_remainder=drop_remainder)
    else:
        places = equal(0) if repeat else _next_pass().flat_map(equal)
    dataset = places.map(gather)
    length = tf.data.INFINITE_CARDINALITY if repeat else num_batches - first_batch
    dataset = dataset.apply(tf.data.experimental.assert_cardinality(length))
    return dataset.with_options(_options()).prefetch(tf.data.AUTOTUNE)


def on_host(array):
    """`array` as a tensor in the memory of the host, whatever device computes."""
    with tf.device("CPU:0"):
        return tf.constant(array)


def _next_pass():
    """One number: how often this data set has been iterated before."""
    passes = itertools.count()
    signature = tf.TensorSpec((), tf.int64)
    return tf.data.Dataset.from_generator(lambda: iter([next(passes)]), output_signature=signature)


def _options():
    """Under `tf.distribute` every worker takes its own slice of each global batch."""
    options = tf.data.Options()
    options.deterministic = True
    # The default rewrites of the graph find nothing here, but copy all data into each iterator.
    options.experimental_optimization.apply_default_optimizations = False
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return options

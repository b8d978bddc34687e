"""Tensors in memory to a stream of batches whose order can be entered at any place.

`orders.py` says which samples come; here they are gathered a whole batch at a time and only then
become float32.
"""

import contextlib

import tensorflow as tf

from gan_keras import images


def batches(
    tensors,
    batch_size,
    *,
    order,
    name,
    repeat,
    first_batch,
    drop_remainder,
):
    """A `tf.data.Dataset` over `tensors`, as `Source.batches` describes it.

    Args:
        tensors: (samples,) or (samples, labels); or a dict by role, e.g. {"real": ..., "input":
            ...}. All on the host. What is uint8 becomes float32 in [-1, 1], anything else stays.
        order: an `orders.Order` of their rows. One that gives dicts by role names the first role
            for whatever roles it doesn't know.
        name: what a message calls the data.
        batch_size, repeat, first_batch, drop_remainder: see `Source.batches`.

    Raises:
        ValueError: there are fewer samples than a batch, or `first_batch` lies past the end.
    """
    num_samples = order.num
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
    drop_remainder = drop_remainder or repeat
    num_batches = num_samples // batch_size if drop_remainder else -(-num_samples // batch_size)
    if not repeat and first_batch >= num_batches:
        raise ValueError(
            f"`first_batch` (={first_batch}) lies past the {num_batches} batches of one pass over "
            f"'{name}'. Give a smaller one, or repeat=True."
        )
    offset = first_batch * batch_size

    def gather(places):
        return _gathered(tensors, places)

    if repeat:
        places = order.stream(offset).rebatch(batch_size, drop_remainder=True)
        dataset = places.map(gather)
        dataset = dataset.apply(
            tf.data.experimental.assert_cardinality(tf.data.INFINITE_CARDINALITY)
        )
        return dataset.with_options(_options()).prefetch(tf.data.AUTOTUNE)

    def one_pass(index):
        rest = order.one_pass(index, offset, num_batches * batch_size)
        rest = rest.rebatch(batch_size, drop_remainder=drop_remainder)
        return rest.enumerate(first_batch).map(lambda batch, places: (batch, places))

    passes = Passes(num_batches, first_batch)
    dataset = passes.next().flat_map(
        lambda index, counts: one_pass(index).map(
            lambda batch, places: (index, counts, batch, places)
        )
    )
    dataset = dataset.map(
        lambda index, counts, batch, places: (index, counts, batch, gather(places))
    )
    dataset = dataset.prefetch(tf.data.AUTOTUNE).map(passes.seen)
    dataset = dataset.apply(tf.data.experimental.assert_cardinality(num_batches - first_batch))
    dataset = dataset.with_options(_options())
    dataset.passes = passes  # for `fit`
    return dataset


def on_host(array):
    """`array` as a tensor in the memory of the host, whatever device computes."""
    with tf.device("CPU:0"):
        return tf.constant(array)


def _gathered(tensors, places):
    """Rows of every tensor, in the same structure; uint8 as float32 in [-1, 1]."""

    def rows(tensor, own):
        taken = tf.gather(tensor, own)
        return images.to_float(taken) if taken.dtype == tf.uint8 else taken

    if not isinstance(tensors, dict):
        taken = tuple(rows(tensor, places) for tensor in tensors)
        return taken[0] if len(taken) == 1 else taken
    if not isinstance(places, dict):
        return {role: rows(tensor, places) for role, tensor in tensors.items()}
    first = next(iter(places))
    return {role: rows(tensor, places.get(role, places[first])) for role, tensor in tensors.items()}


class Passes:
    """Which pass an iteration over a data set makes.

    In `fit` it is the model's steps that say it (`following`): neither who looks at a batch, nor an
    iterator more than is read, nor the look-ahead of a strategy moves anything. Elsewhere it is the
    first pass whose last batch no one has had. Endless streams (`repeat=True`) know no passes.

    Args:
        num_batches: of a whole pass.
        first_batch: where each iteration begins.
    """

    def __init__(self, num_batches, first_batch=0):
        self.num_batches = num_batches
        self.num_read = num_batches - first_batch  # of one iteration
        self.num_done = 0
        self._followed = None  # function without arguments: how many batches were trained on

    @contextlib.contextmanager
    def following(self, batches_done):
        """While the block runs, the next pass is told by what was trained on, not by who iterates.

        Args:
            batches_done: function without arguments: how many batches the block has used up.
        """
        before = self.num_done
        self._followed = lambda: before + batches_done() // self.num_read
        try:
            yield
        finally:
            self.num_done, self._followed = self._followed(), None

    def next(self):
        """A data set of a pass's number, int64, and whether reading it through counts, bool.

        It is asked for its one element when an iteration begins.
        """

        def one():
            followed = self._followed
            yield (self.num_done, True) if followed is None else (followed(), False)

        signature = (tf.TensorSpec((), tf.int64), tf.TensorSpec((), tf.bool))
        return tf.data.Dataset.from_generator(one, output_signature=signature)

    def seen(self, index, counts, batch, taken):
        """`taken` as it is; the last one of a pass makes the next pass begin."""

        def done(index):
            self.num_done = max(self.num_done, int(index) + 1)
            return index

        is_last = tf.logical_and(counts, batch == self.num_batches - 1)
        told = tf.cond(is_last, lambda: tf.py_function(done, [index], tf.int64), lambda: index)
        with tf.control_dependencies([told]):
            return tf.nest.map_structure(tf.identity, taken)


def _options():
    """Under `tf.distribute` every worker takes its own slice of each global batch."""
    options = tf.data.Options()
    options.deterministic = True
    # The default rewrites of the graph find nothing here, but copy all data into each iterator.
    options.experimental_optimization.apply_default_optimizations = False
    options.experimental_distribute.auto_shard_policy = tf.data.experimental.AutoShardPolicy.DATA
    return options

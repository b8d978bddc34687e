"""The orders that samples come in: each a function of (seed, position) alone.

So nothing need be saved to go on with a stream but the number of batches made. An order has

- `num`: how many positions make one pass over the data;
- `stream(start)`: the positions from `start` on, as an endless `tf.data.Dataset` of vectors of
  indices of no fixed length, or of dicts of such vectors by role;
- `one_pass(index, offset, length)`: what of pass `index` comes after its first `offset`.
"""

import numpy as np
import tensorflow as tf

ENDLESS = 2**62
ROUNDS = 64  # of a balanced order, drawn at a time
CHUNK = 1024  # positions of an unpaired order, drawn at a time


class Order:
    """Base of the orders: abstract. A subclass has `num` and `stream`."""

    num = None

    def stream(self, start):
        """Indices from position `start` (int or int64 scalar tensor) on: endless vectors."""
        raise NotImplementedError(f"{type(self).__name__} has no `stream` method.")

    def one_pass(self, index, offset, length):
        """The last `length - offset` indices of a pass of `length`, in one vector.

        Args:
            index: int64 scalar tensor, which pass.
            offset: int, how many of its indices are left out at the beginning.
            length: int, how many indices a pass has: whole batches of them.
        """
        rest = self.stream(index * length + offset)
        return rest.rebatch(length - offset, drop_remainder=True).take(1)


class Shuffled(Order):
    """Passes over all samples, each a permutation of its own.

    One permutation is drawn per pass. (`tf.random.experimental.index_shuffle` would need none in
    memory, but its orders of 60,000 samples correlate by 0.9 from one pass to the next.)

    Args:
        num: int, how many samples there are.
        seed: int, which order.
        shuffle: whether passes are permuted; else they come in the data's own order.
        key: int, for one of several orders that share a seed and are not to be alike; 0 for one
            that is alone.
    """

    def __init__(self, num, *, seed, shuffle=True, key=0):
        self.num, self.seed, self.shuffle, self.key = num, seed, shuffle, key

    def stream(self, start):
        """As in `Order`; each vector is what is left of a pass."""
        start = tf.cast(start, tf.int64)
        first, offset = start // self.num, start % self.num

        def rest(index):
            return self._pass(index)[tf.where(index == first, offset, 0) :]

        return tf.data.Dataset.range(first, ENDLESS).map(rest)

    def one_pass(self, index, offset, length):
        """As in `Order`; `length` is ignored: a pass ends with its last sample."""
        return tf.data.Dataset.from_tensors(self._pass(index)[offset:])

    def _pass(self, index):
        places = tf.range(self.num, dtype=tf.int64)
        if not self.shuffle:
            return places
        seed = tf.stack([tf.constant(self.seed, tf.int64), index])
        if self.key:
            pair = tf.constant((self.seed, self.key), tf.int64)
            seed = tf.random.experimental.stateless_fold_in(pair, index)
        return tf.random.experimental.stateless_shuffle(places, seed=seed, alg="philox")


class Balanced(Order):
    """An order in which every class comes equally often, however many samples it has.

    The stream is made of rounds, one sample of each class in a random order, so that any batch has
    the same number of each class but for the rounds that its ends cut. Within a class, samples come
    in passes, each in an order of its own.

    Args:
        labels: int array (n,).
        seed: int, which order.
        shuffle: whether rounds and passes have random orders.
    """

    def __init__(self, labels, *, seed, shuffle=True):
        self.num, self.seed, self.shuffle = len(labels), seed, shuffle
        self.members = [np.flatnonzero(labels == label) for label in np.unique(labels)]

    def stream(self, start):
        """As in `Order`."""
        num_classes = len(self.members)
        chunk_size = ROUNDS * num_classes
        first_chunk = tf.cast(start, tf.int64) // chunk_size
        offset = tf.cast(start, tf.int64) % chunk_size
        classes = tuple(
            self._of_class(own, first_chunk * ROUNDS, seed=(self.seed, index))
            for index, own in enumerate(self.members)
        )
        chunks = tf.data.Dataset.zip((tf.data.Dataset.range(first_chunk, ENDLESS), *classes))

        def flat(chunk, *drawn):
            rounds = tf.stack(drawn, axis=1)  # (rounds, classes)
            if self.shuffle:
                numbers = _numbers((ROUNDS, num_classes), (self.seed, num_classes), chunk)
                rounds = tf.gather(rounds, tf.argsort(numbers, axis=1), batch_dims=1)
            begin = tf.where(chunk == first_chunk, offset, 0)
            return tf.reshape(rounds, (-1,))[begin:]

        return chunks.map(flat)

    def _of_class(self, members, start, *, seed):
        """Endless passes over one class from place `start` on, `ROUNDS` indices at a time."""
        size = len(members)
        first_pass = start // size

        def order(index):
            own = tf.constant(members, tf.int64)
            if self.shuffle:
                own = tf.gather(own, tf.argsort(_numbers((size,), seed, index)))
            return own[tf.where(index == first_pass, start % size, 0) :]

        passes = tf.data.Dataset.range(first_pass, ENDLESS).map(order)
        return passes.rebatch(ROUNDS, drop_remainder=True)


class Unpaired(Order):
    """Orders of several sets side by side, of which no two have to do with each other.

    The first set comes in the order of `Shuffled` with the same seed, and a pass is one over it;
    the others go on through passes of their own, so that every sample of each comes equally often.

    Args:
        nums: dict from role to how many samples it has, e.g. {"real": 100, "input": 80}.
        seed: int, which order.
        shuffle: whether passes are permuted. Unshuffled sets of equal size come as pairs.
    """

    def __init__(self, nums, *, seed, shuffle=True):
        self.orders = {
            role: Shuffled(num, seed=seed, shuffle=shuffle, key=key)
            for key, (role, num) in enumerate(nums.items())
        }
        self.num = next(iter(self.orders.values())).num

    def stream(self, start):
        """As in `Order`, dicts by role."""
        chunks = {
            role: order.stream(start).rebatch(CHUNK, drop_remainder=True)
            for role, order in self.orders.items()
        }
        return tf.data.Dataset.zip(chunks)


class ByCategory(Order):
    """Training by sampling: every category of every column comes, the rare ones more often.

    For each place a column is drawn, all alike; a category of it by the logarithm of one more than
    the number of its rows; and one of these rows. (Xu et al., 2019, arXiv:1907.00503, section 4.3.)
    The stream is of dicts: the row as "real", the column as "column". A pass is as many places as
    there are rows.

    Args:
        codes: int (n, columns), the category that each row has in each column.
        seed: int, which order.
    """

    def __init__(self, codes, *, seed):
        self.num, self.seed = len(codes), seed
        most = int(codes.max()) + 1
        counts = np.stack([np.bincount(own, minlength=most) for own in codes.T])
        logs = np.cumsum(np.log(counts + 1.0), axis=1)
        with tf.device("CPU:0"):
            # Shares of the categories up to each, of which rounding leaves no one beyond the last.
            self.shares = tf.constant(logs[:, :-1] / logs[:, -1:], tf.float32)
            self.members = tf.constant(np.argsort(codes, axis=0, kind="stable").T.astype("int32"))
            self.starts = tf.constant(np.cumsum(counts, axis=1) - counts, tf.int32)
            self.counts = tf.constant(counts, tf.int32)

    def stream(self, start):
        """As in `Order`, dicts by role."""
        start = tf.cast(start, tf.int64)
        first, offset = start // CHUNK, start % CHUNK
        num_columns = self.counts.shape[0]

        def chunk(index):
            numbers = _numbers((CHUNK, 3), (self.seed, num_columns), index)
            column = tf.cast(numbers[:, 0] * num_columns, tf.int32)
            shares = tf.gather(self.shares, column)
            category = tf.reduce_sum(tf.cast(numbers[:, 1:2] >= shares, tf.int32), axis=1)
            where = tf.stack([column, category], axis=1)
            count = tf.gather_nd(self.counts, where)
            turn = tf.cast(numbers[:, 2] * tf.cast(count, tf.float32), tf.int32)
            place = tf.gather_nd(self.starts, where) + tf.minimum(turn, count - 1)
            row = tf.gather_nd(self.members, tf.stack([column, place], axis=1))
            begin = tf.where(index == first, offset, 0)
            found = {"real": row, "column": column}
            return {role: tf.cast(own, tf.int64)[begin:] for role, own in found.items()}

        return tf.data.Dataset.range(first, ENDLESS).map(chunk)


def _numbers(shape, seed, index):
    """Random numbers that follow from a pair of integers and the index of a draw alone."""
    key = tf.random.experimental.stateless_fold_in(tf.constant(seed, tf.int64), index)
    return tf.random.stateless_uniform(shape, seed=key, dtype=tf.float32, alg="philox")

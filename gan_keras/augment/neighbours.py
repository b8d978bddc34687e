"""Numbers of a table that move to a neighbouring bin, for when rows are few."""

import numpy as np
import tensorflow as tf

from gan_keras.augment import augment
from gan_keras.serialization import register


@register
class Neighbours(augment.Augment):
    """Moves the numbers of real and fake rows alike a few bins up or down.

    For tables of few rows (up to some thousand). A discriminator of so few knows each by heart and
    says no more which numbers go together; one that sees them moved has to look at the trend.

    A row is moved with `probability`. Then each of its numbers moves on its own by a + b bins,
    where a and b are drawn from -reach/2 to reach/2. What would leave its column stays, and so do
    missing values and categories. The transform of a + b's distribution is a square, so it is
    never negative: below a probability of 1 the moves hide no difference between two tables, and
    the generator does not learn to make them.

    Args:
        reach: even int >= 2, how many bins a number moves at most. Defaults to 2.
        probability: float in [0, 1], the share of rows that are moved. Defaults to 0.8.

    Raises:
        ValueError: an argument outside its range, or (in `join`, at a model's construction) samples
            without numbers in bins.

    Example:

    ```python
    GAN(generator, discriminator, kind=source.kind, augment=Neighbours())
    ```
    """

    def __init__(self, *, reach=2, probability=0.8, **arguments):
        super().__init__(**arguments)
        if isinstance(reach, bool) or not isinstance(reach, int) or reach < 2 or reach % 2:
            raise ValueError(f"`reach` must be an even int of 2 or more. Received: {reach!r}.")
        if not 0 <= probability <= 1:
            raise ValueError(f"`probability` must be in [0, 1]. Received: {probability}.")
        self.reach = reach
        self.probability = probability
        self.order = None

    def join(self, kind):
        """Learns from a `kinds.Table` which units are the bins of a number, in order."""
        orders = [order for order in kind.orders() if len(order)]
        if not orders:
            raise ValueError(
                "Neighbours are for tables with numbers in bins. Received samples of kind "
                f"{kind}. Leave `augment` out."
            )
        self.order = np.concatenate(orders)  # those units, number by number
        self.column = np.repeat(np.arange(len(orders)), [len(order) for order in orders])
        self.place = np.concatenate([np.arange(len(order)) for order in orders])
        self.last = np.concatenate([np.full(len(order), len(order) - 1) for order in orders])
        others = np.setdiff1d(np.arange(kind.shape[0]), self.order)
        self.whole = np.concatenate([self.order, others])

    def call(self, rows, random):
        """Rows (batch, units), one-hot or nearly so, whose numbers were moved."""
        if self.order is None:
            raise ValueError("It knows no order of bins yet. Give it to a model, or call `join`.")
        sorted_rows = _permuted(rows, self.whole)
        numbers, others = sorted_rows[:, : len(self.order)], sorted_rows[:, len(self.order) :]
        steps = self._steps(rows.shape[0] or tf.shape(rows)[0], random)
        moved = tf.zeros_like(numbers)
        for step in range(-self.reach, self.reach + 1):
            target = self.place + step
            inside = ((target >= 0) & (target <= self.last)).astype("float32")
            part = numbers * tf.cast(steps == step, "float32")
            moved += tf.roll(part * inside, step, axis=1) + part * (1.0 - inside)
        return _permuted(tf.concat([moved, others], axis=1), np.argsort(self.whole))

    def _steps(self, batch, random):
        """By how many bins each unit of a row moves: int32 (batch, ordered units)."""
        half, num = self.reach // 2, self.column[-1] + 1
        draws = random.uniform((batch, 2 * num), -half, half + 1.0)
        whole = tf.clip_by_value(tf.floor(draws), -half, half)
        moves = random.uniform((batch, 1), 0.0, 1.0) < self.probability
        steps = tf.where(moves, whole[:, :num] + whole[:, num:], 0.0)
        return tf.gather(tf.cast(steps, "int32"), self.column, axis=1)

    def get_config(self):
        """The arguments that make an equal layer."""
        return {**super().get_config(), "reach": self.reach, "probability": self.probability}


def _permuted(x, order):
    """Columns in another order; a plain gather's gradient adds up, which is slow."""

    @tf.custom_gradient
    def permute(values):
        return tf.gather(values, order, axis=1), lambda up: _permuted(up, np.argsort(order))

    return permute(x)

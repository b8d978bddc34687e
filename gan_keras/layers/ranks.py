"""Choices that have an order, as the bins of a number have: their ranks, and logits along them."""

import keras
import numpy as np
from keras import ops

from gan_keras.serialization import register


class Ranked(keras.layers.Layer):
    """Base of both layers: abstract.

    Args:
        ranks: for each column a rank for each of its units, all 0 where they have no order.

    Raises:
        ValueError: no column has an order.
    """

    def __init__(self, ranks, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        self.ranks = [[float(rank) for rank in own] for own in ranks]
        sizes = [len(own) for own in self.ranks]
        ordered = [place for place, own in enumerate(self.ranks) if any(own)]
        if not ordered:
            raise ValueError(f"`ranks` of one column at least aren't all 0. Received: {ranks}.")
        self.matrix = np.zeros((sum(sizes), len(ordered)), "float32")  # units, ordered columns
        self.within = np.zeros_like(self.matrix)
        for number, place in enumerate(ordered):
            units = slice(sum(sizes[:place]), sum(sizes[: place + 1]))
            self.matrix[units, number] = self.ranks[place]
            self.within[units, number] = 1.0

    def get_config(self):
        return {**super().get_config(), "ranks": self.ranks}


@register
class RanksOfBlocks(Ranked):
    """The rank of the unit that each ordered column has.

    One-hot vectors do not say that 30 is near 31. A discriminator that is told ranks, too, need not
    find out with a weight for each unit, which few rows can't pay for.

    Args:
        ranks: for each column a rank for each of its units, all 0 where they have no order.

    Input: rows of one-hot vectors (batch, units). Output: (batch, ordered columns), float32.
    """

    def call(self, inputs):
        return ops.matmul(inputs, self.matrix)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.matrix.shape[1])


@register
class LogitsAlongRanks(Ranked):
    """Logits that are a parabola along the ranks: the logarithm of a normal density.

    With a for the slope and b for the bend, the logit of a unit of rank r is a r + b (r^2 - 1). So
    two numbers move the whole column, and the logits that are added to these need only say how it
    differs from a bell.

    Args:
        ranks: as of `RanksOfBlocks`.

    Input: (batch, 2 * ordered columns), slopes and then bends. Output: logits (batch, units), 0 in
    columns without an order; float32.
    """

    def call(self, inputs):
        slopes, bends = ops.split(inputs, 2, axis=-1)
        squares = self.matrix**2 - self.within
        return ops.matmul(slopes, self.matrix.T) + ops.matmul(bends, squares.T)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.matrix.shape[0])

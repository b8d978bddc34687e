"""The end of a generator of choices: one softmax a block, and one unit of each block drawn."""

import math

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from gan_keras.serialization import register

SMALLEST = 1e-7  # probability: the steps of float32 near 1


def gumbel(normals):
    """Standard Gumbel noise of standard normal numbers: -log(-log u), u their distribution."""
    uniform = 0.5 * (1.0 + ops.erf(normals * math.sqrt(0.5)))
    uniform = ops.clip(uniform, SMALLEST, 1.0 - SMALLEST)
    return -ops.log(-ops.log(uniform))


@register
class SoftmaxBlocks(keras.layers.Layer):
    """One-hot vectors, one a block, drawn by the softmax of each block's logits.

    For whatever is a choice among a few: the columns of a table, letters. A unit is drawn by the
    Gumbel-max trick: the largest of `logit - log(-log u)`, u uniform. The gradient is that of the
    softmax at a temperature (straight-through; Jang, Gu, Poole, 2017, arXiv:1611.01144, section
    2.2; Maddison, Mnih, Teh, 2017, arXiv:1611.00712).

    The noise is an input, standard normal numbers: u is their distribution function. So it comes
    from the latents of the model, and the same latents give the same choice.

    Args:
        sizes: how many units each block has.
        temperature: of the gradient's softmax. Smaller is closer to the choice, and noisier.
        hard: whether a unit is drawn (the default). Else the softmax itself comes out.

    Input: a list of logits (batch, sum of sizes) and normal numbers of the same shape. Output:
    float32 of that shape, a 1 in each block and 0 elsewhere, or shares of each block.

    Raises:
        ValueError: no sizes, one below 1, or a temperature that is not positive.
    """

    def __init__(self, sizes, *, temperature=1.0, hard=True, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        self.sizes = tuple(int(size) for size in sizes)
        self.temperature = temperature
        self.hard = hard
        if not self.sizes or min(self.sizes) < 1:
            raise ValueError(f"`sizes` are positive integers. Received: {tuple(sizes)}.")
        if not temperature > 0:
            raise ValueError(f"`temperature` is positive. Received: {temperature}.")

    def call(self, inputs):
        logits, normals = inputs
        noisy = logits + gumbel(normals)
        starts = [sum(self.sizes[:place]) for place in range(1, len(self.sizes))]
        if not starts:
            return self._drawn(noisy)
        return ops.concatenate(
            [self._drawn(part) for part in ops.split(noisy, starts, axis=-1)], -1
        )

    def _drawn(self, noisy):
        size = noisy.shape[-1]
        if size == 1:
            return ops.ones_like(noisy)
        soft = ops.softmax(noisy / self.temperature, axis=-1)
        if not self.hard:
            return soft
        # Keras's argmax looks for negative zeros first, which takes twice the time.
        hard = tf.one_hot(tf.argmax(noisy, axis=-1, output_type=tf.int32), size)
        return tf.stop_gradient(hard) + (soft - tf.stop_gradient(soft))

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        own = {"sizes": self.sizes, "temperature": self.temperature, "hard": self.hard}
        return {**super().get_config(), **own}


@register
class FixBlocks(keras.layers.Layer):
    """Puts what is fixed into rows of blocks: their other blocks stay as they came.

    Args:
        sizes: how many units each block has.

    Input: a list of rows (batch, sum of sizes) and conditions (batch, sum of sizes + number of
    blocks): the fixed blocks, 0 elsewhere, and then for each block whether it is fixed. Output:
    rows; no gradient flows into what was fixed.
    """

    def __init__(self, sizes, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        self.sizes = tuple(int(size) for size in sizes)
        self.widen = np.repeat(np.eye(len(self.sizes), dtype="float32"), self.sizes, axis=1)

    def call(self, inputs):
        rows, condition = inputs
        units = sum(self.sizes)
        # A product with 0 and 1: quick, and XLA refuses a `repeat` of columns by other numbers.
        fixed = ops.matmul(condition[:, units:], self.widen)
        return ops.where(fixed > 0.5, condition[:, :units], rows)

    def compute_output_shape(self, input_shape):
        return input_shape[0]

    def get_config(self):
        return {**super().get_config(), "sizes": self.sizes}

"""Shifts in time by chance, so that a discriminator can't go by phase."""

import keras
from keras import ops

from gan_keras.latents import RandomStream
from gan_keras.serialization import register


@register
class PhaseShuffle(keras.layers.Layer):
    """Shifts each sample of a batch by its own whole number of steps, drawn from [-n, n].

    Transposed convolutions leave a tone at their stride, always with the same phase; a
    discriminator that sees each map shifted by chance learns no such rule. What a shift uncovers is
    filled by reflection, without the border: `a b c d` shifted by 2 is `c b a b`. In training
    alone; at inference the maps pass as they are.

    Donahue, McAuley, Puckette (2019), arXiv:1802.04208, section 3.3. The authors' code draws one
    shift for a whole batch; the paper has one for each sample, and so has this.

    Args:
        n: the largest shift; 0 for none. Defaults to 2, the paper's.
        seed: of the stream of shifts; another one for each layer. Defaults to 0.

    Input and output `(batch, steps, channels)`, of more than n steps.

    Raises:
        ValueError: `n` is no whole number from 0 on, or not smaller than the number of steps.
    """

    def __init__(self, n=2, *, seed=0, **kwargs):
        super().__init__(**kwargs)
        if not isinstance(n, int) or isinstance(n, bool) or n < 0:
            raise ValueError(f"`n` is a whole number of steps, from 0 on. Received: {n!r}.")
        self.n = n
        self.seed = seed
        self.random = RandomStream(seed)
        self.seed_generator = self.random.generator  # so that Keras finds its state

    def build(self, input_shape):
        if input_shape[1] <= self.n:
            raise ValueError(
                f"Shifts of up to {self.n} steps want a map of more. Received: shape {input_shape}."
            )

    def call(self, inputs, training=None):
        if not training or self.n == 0:
            return inputs
        shifts = self.random.integers((ops.shape(inputs)[0],), 2 * self.n + 1) - self.n
        return self.shifted(inputs, shifts)

    def shifted(self, inputs, shifts):
        """Each sample shifted to the right by its own of `shifts`, int32 (batch,) in [-n, n]."""
        steps = inputs.shape[1]
        padded = ops.pad(inputs, [(0, 0), (self.n, self.n), (0, 0)], mode="reflect")
        found = ops.zeros_like(inputs)
        for shift in range(-self.n, self.n + 1):  # few; a gather's second gradient is slow
            chosen = ops.cast(shifts == shift, inputs.dtype)[:, None, None]
            start = self.n - shift
            found = found + chosen * padded[:, start : start + steps]
        return found

    def compute_output_shape(self, input_shape):
        return input_shape

    def get_config(self):
        return {**super().get_config(), "n": self.n, "seed": self.seed}

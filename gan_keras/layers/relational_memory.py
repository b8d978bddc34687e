"""A recurrent cell whose memory attends to itself and to what comes in."""

import keras
from keras import ops

from gan_keras.serialization import register


@register
class RelationalMemoryCell(keras.layers.Layer):
    """The relational memory core: slots of memory that attend to each other and to the input.

    For sequences in which what matters came long ago, in place of a GRU or an LSTM. The rows of the
    memory M ask, by several heads, the rows of M and of the input x; what they are told goes
    through a norm and two dense layers, each with a residual connection, and an input and a forget
    gate, each a number for each unit, decide how much of it is kept:

    M' = norm(M + attention(M, [M; x])),  M'' = norm(M' + mlp(M')),
    M  = sigmoid(forget) * M + sigmoid(input) * tanh(M'').

    Source: Santoro et al., 2018, arXiv:1806.01822, section 3; as the generator of RelGAN (Nie,
    Narodytska, Patel, 2019, ICLR, section 3.1), which has one slot of two heads of 256.

    Args:
        units: of a slot; a multiple of `num_heads`.
        num_heads: heads of attention. Defaults to 2.
        num_slots: rows of memory. Defaults to 1.

    Input: (batch, numbers) and a list of the state, (batch, num_slots * units). Output: the new
    memory as a vector, and a list of it.

    Raises:
        ValueError: a number that is not positive, or units that the heads do not divide.
    """

    def __init__(self, units, *, num_heads=2, num_slots=1, **kwargs):
        super().__init__(**kwargs)
        for name, value in (("units", units), ("num_heads", num_heads), ("num_slots", num_slots)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"`{name}` must be a positive integer. Received: {value!r}.")
        if units % num_heads:
            raise ValueError(
                f"`units` (={units}) can't be parted among {num_heads} heads. Take a multiple, e.g."
                f" {num_heads * max(1, units // num_heads)}."
            )
        self.units = units
        self.num_heads = num_heads
        self.num_slots = num_slots
        self.state_size = num_slots * units
        dense = {
            "incoming": units,
            **{"query": units, "key": units, "value": units},
            **{"hidden": units, "last": units},
            **{"gates_of_input": 2 * units, "gates_of_memory": 2 * units},
        }
        self.dense = {
            name: keras.layers.Dense(size, name=name, dtype=self.dtype_policy)
            for name, size in dense.items()
        }
        self.norms = [
            keras.layers.LayerNormalization(name=f"norm_{place}", dtype=self.dtype_policy)
            for place in range(2)
        ]

    def build(self, input_shape):
        self.dense["incoming"].build((None, input_shape[-1]))
        for name, layer in self.dense.items():
            if name != "incoming":
                layer.build((None, None, self.units))
        for norm in self.norms:
            norm.build((None, None, self.units))
        self.built = True

    def call(self, inputs, states, training=False):
        memory = ops.reshape(states[0], (-1, self.num_slots, self.units))  # (b, slots, units)
        incoming = self.dense["incoming"](inputs)[:, None, :]
        told = self._attention(memory, ops.concatenate([memory, incoming], axis=1))
        new = self.norms[0](memory + told)
        new = self.norms[1](new + self.dense["last"](ops.relu(self.dense["hidden"](new))))
        gates = self.dense["gates_of_input"](incoming)
        gates = gates + self.dense["gates_of_memory"](ops.tanh(memory))
        keep, write = ops.split(ops.sigmoid(gates + self._biases()), 2, axis=-1)
        new = ops.reshape(keep * memory + write * ops.tanh(new), (-1, self.state_size))
        return new, [new]

    def _attention(self, memory, rows):
        """What each row of memory is told by all rows: (b, slots, units)."""
        query, key, value = (
            self._heads(self.dense[name](x))
            for name, x in (("query", memory), ("key", rows), ("value", rows))
        )  # (b, slots or rows, heads, units / heads)
        fit = ops.einsum("bqhd,bkhd->bhqk", query, key) * (self.units // self.num_heads) ** -0.5
        told = ops.einsum("bhqk,bkhd->bqhd", ops.softmax(fit, axis=-1), value)
        return ops.reshape(told, (-1, self.num_slots, self.units))

    def _heads(self, x):
        return ops.reshape(x, (-1, x.shape[1], self.num_heads, self.units // self.num_heads))

    def _biases(self):
        """The forget gate begins open, as that of an LSTM does."""
        return ops.concatenate([ops.ones((self.units,)), ops.zeros((self.units,))])

    def compute_output_shape(self, input_shape):
        return (input_shape[0], self.state_size)

    def get_config(self):
        own = {"units": self.units, "num_heads": self.num_heads, "num_slots": self.num_slots}
        return {**super().get_config(), **own}

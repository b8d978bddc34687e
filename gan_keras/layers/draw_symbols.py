"""A recurrent cell that draws a symbol after the other, and is told what it drew."""

import keras
import tensorflow as tf
from keras import ops

from gan_keras.layers.blocks import gumbel
from gan_keras.serialization import register


@register
class DrawSymbols(keras.layers.Layer):
    """Sequences of symbols, each drawn by what a cell makes of those before it.

    A symbol is the largest of logit + Gumbel noise, so it is drawn by the softmax of the logits;
    the noise is an input, as in `SoftmaxBlocks`. The gradient flows through the states of the cell,
    not through what was drawn. `told` gives the logits of sequences that are there already: for
    training by likelihood.

    Args:
        cell: a recurrent cell of Keras's protocol: `state_size`, and `call(inputs, states)`.
        num_symbols: size of the vocabulary.
        embedding_dim: numbers that stand for a symbol. Defaults to 32.
        pad: place of the symbol that ends a sequence: all behind the first is this. Defaults to
            None: none does.

    Input: standard normal numbers (batch, length, symbols), or a list of these and what the cell is
    told at each place (batch, numbers). Output: a list of float32 sequences (batch, length,
    symbols), one-hot, and their logits of the same shape.

    Raises:
        ValueError: a number that is not positive, or a `pad` that is no symbol.
    """

    def __init__(self, cell, num_symbols, *, embedding_dim=32, pad=None, **kwargs):
        super().__init__(**{"dtype": "float32", **kwargs})
        for name, value in (("num_symbols", num_symbols), ("embedding_dim", embedding_dim)):
            if not isinstance(value, int) or value < 1:
                raise ValueError(f"`{name}` must be a positive integer. Received: {value!r}.")
        if pad is not None and not 0 <= pad < num_symbols:
            raise ValueError(f"`pad` is a place from 0 to {num_symbols - 1}. Received: {pad!r}.")
        self.cell = cell
        self.num_symbols = num_symbols
        self.embedding_dim = embedding_dim
        self.pad = pad
        # Before the first symbol there is none, and the bias alone says so.
        self.embedding = keras.layers.Dense(embedding_dim, name="embedding", dtype="float32")
        self.logits = keras.layers.Dense(num_symbols, name="logits", dtype="float32")

    def build(self, input_shape):
        given = input_shape[1][-1] if isinstance(input_shape[0], (tuple, list)) else 0
        self.embedding.build((None, self.num_symbols))
        if not self.cell.built:  # one out of a config is
            self.cell.build((None, self.embedding_dim + given))
        sizes = self.cell.state_size
        output = sizes[0] if isinstance(sizes, (tuple, list)) else sizes
        self.logits.build((None, getattr(self.cell, "output_size", output)))
        self.built = True

    def call(self, inputs):
        normals, given = _parted(inputs)
        noise = gumbel(normals)
        previous, states = ops.zeros_like(normals[:, 0]), None
        lasts = ops.ones_like(normals[:, 0, :1])
        drawn, found = [], []
        for place in range(normals.shape[1]):
            logits, states = self._next(previous, given, states)
            # Keras's argmax looks for negative zeros first, which takes twice the time.
            best = tf.argmax(logits + noise[:, place], axis=-1, output_type=tf.int32)
            symbol = tf.one_hot(best, self.num_symbols)
            if self.pad is not None:
                symbol = ops.where(lasts > 0, symbol, tf.one_hot(self.pad, self.num_symbols))
                lasts = lasts * (1.0 - symbol[:, self.pad, None])
            drawn.append(symbol)
            found.append(logits)
            previous = symbol
        return [ops.stack(drawn, axis=1), ops.stack(found, axis=1)]

    def told(self, sequences, given=None):
        """Logits of each symbol after those before it: float32 (batch, length, symbols).

        Args:
            sequences: one-hot (batch, length, symbols).
            given: as in the layer's input, or None.
        """
        previous, states, found = ops.zeros_like(sequences[:, 0]), None, []
        for place in range(sequences.shape[1]):
            logits, states = self._next(previous, given, states)
            found.append(logits)
            previous = sequences[:, place]
        return ops.stack(found, axis=1)

    def _next(self, previous, given, states):
        """Logits after a symbol (batch, symbols), and the cell's states."""
        x = self.embedding(previous)
        if given is not None:
            x = ops.concatenate([x, ops.cast(given, x.dtype)], axis=-1)
        if states is None:
            states = _first_states(self.cell, x)
        output, states = self.cell(x, states)
        return self.logits(output), states

    def compute_output_shape(self, input_shape):
        shape = input_shape[0] if isinstance(input_shape[0], (tuple, list)) else input_shape
        return [tuple(shape), tuple(shape)]

    def get_config(self):
        return {
            **super().get_config(),
            "cell": keras.saving.serialize_keras_object(self.cell),
            "num_symbols": self.num_symbols,
            "embedding_dim": self.embedding_dim,
            "pad": self.pad,
        }

    @classmethod
    def from_config(cls, config):
        cell = keras.saving.deserialize_keras_object(config["cell"])
        return cls(**{**config, "cell": cell})


def _parted(inputs):
    return inputs if isinstance(inputs, (list, tuple)) else (inputs, None)


def _first_states(cell, x):
    """The states of a cell that has seen nothing: zeros, each row its own."""
    sizes = cell.state_size if isinstance(cell.state_size, (tuple, list)) else [cell.state_size]
    return [ops.zeros_like(x[:, :1]) * ops.zeros((1, size)) for size in sizes]

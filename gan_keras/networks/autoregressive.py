"""A recurrent generator that draws symbols one after the other, and causal convolutions."""

import keras
from keras import layers

from gan_keras.layers import DrawSymbols, RelationalMemoryCell, UntilTheEnd
from gan_keras.networks import parts, residual_1d, sequence

KINDS = ("tokens",)
CELLS = ("gru", "memory")
DRAW = "draw"
GIVEN = "label_embedding"
"""Names of the layers of which the model must know."""


def generator(
    image_shape=(32, 4),
    *,
    units=128,
    cell="gru",
    num_heads=2,
    embedding_dim=32,
    pad=None,
    num_classes=None,
    name="generator",
) -> keras.Model:
    """A generator of sequences that draws each symbol by those before it: a language model.

    At its core is a GRU, or RelGAN's relational memory of one slot. It can be trained by
    likelihood, too, which networks that draw all places at once can not; see
    `models.SequenceGAN`. Noise decides on each symbol, and nothing else on the sequence, so that a
    sequence is a function of its latents.

    Args:
        image_shape: shape of one sequence, (length, symbols).
        units: of the cell. Defaults to 128.
        cell: "gru" (the default) or "memory", a `layers.RelationalMemoryCell`.
        num_heads: of the memory's attention. Defaults to 2.
        embedding_dim: numbers that stand for a symbol, and for a class. Defaults to 32.
        pad: place of the symbol that ends a sequence, or None (the default).
        num_classes: number of classes, or None for an unconditional generator (the default).
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, length * symbols)`, and `labels (batch,)` if
        conditional, to float32 one-hot sequences `(batch, length, symbols)`.

    Raises:
        ValueError: an argument is out of range.
    """
    length, symbols = sequence.check(image_shape, units=units, embedding_dim=embedding_dim)
    parts.check_choice("cell", cell, CELLS)
    latents, labels = parts.latent_inputs(length * symbols, num_classes)
    normals = layers.Reshape((length, symbols), dtype="float32", name="noise")(latents)
    given = [] if labels is None else [parts.embed(labels, num_classes, embedding_dim)]
    if cell == "memory":
        core = RelationalMemoryCell(units, num_heads=num_heads, dtype="float32", name=cell)
    else:
        core = layers.GRUCell(units, dtype="float32", name=cell)
    draw = DrawSymbols(core, symbols, embedding_dim=embedding_dim, pad=pad, name=DRAW)
    sequences, _ = draw([normals, *given] if given else normals)
    return keras.Model(parts.inputs_of(latents, labels), sequences, name=name)


def discriminator(
    image_shape=(32, 4),
    *,
    width=64,
    num_blocks=2,
    pad=None,
    num_classes=None,
    name="discriminator",
) -> keras.Model:
    """A discriminator with a logit for each symbol, which sees those before it and none behind.

    So it rewards each symbol as it is drawn (de Masson d'Autume et al., 2019, arXiv:1905.09922,
    section 3; theirs is an LSTM). Residual causal convolutions of kernel 5: after `num_blocks`
    blocks it sees 8 * num_blocks symbols before each.

    Args:
        image_shape: shape of one sequence, (length, symbols).
        width: channels of the hidden maps. Defaults to 64.
        num_blocks: residual blocks. Defaults to 2.
        pad: place of the symbol that ends a sequence: what is behind has a logit of 0. Defaults to
            None.
        num_classes: number of classes, or None for an unconditional one (the default).
        name: name of the model.

    Returns:
        A built `keras.Model`: sequences `(batch, length, symbols)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, length, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    sequence.check(image_shape, width=width, num_blocks=num_blocks)
    labels = parts.discriminator_labels(num_classes, False, "concatenation")
    sequences = keras.Input(image_shape, name="sample")
    x = parts.with_label_map(sequences, labels, num_classes, "concatenation")
    x = residual_1d.conv(width, 1, "in")(x)
    x = residual_1d.blocks(x, width, num_blocks, padding="causal")
    x = layers.ReLU(name="features")(x)
    logits = residual_1d.conv(1, 1, "all_logits", "glorot_uniform", dtype="float32")(x)
    logits = UntilTheEnd(pad, name="logits")([logits, sequences])
    return keras.Model(parts.inputs_of(sequences, labels), logits, name=name)

"""Residual 1-D convolutions for sequences of symbols: genes, lines of text."""

import keras
from keras import layers

from gan_keras.layers import SoftmaxBlocks
from gan_keras.networks import parts, residual_1d

KINDS = ("tokens",)
CHOICES = ("gumbel", "softmax")


def generator(
    image_shape=(32, 4),
    latent_dim=128,
    *,
    width=512,
    num_blocks=5,
    choice="gumbel",
    temperature=1.0,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of sequences, after that of the language model of Gulrajani et al.

    A dense layer makes a map of all places, residual blocks of two convolutions of kernel 5 (each
    x + 0.3 conv(relu(conv(relu(x))))) make it agree with itself, and a softmax at each place ends
    it: Gulrajani et al., 2017, arXiv:1704.00028, appendix C; for DNA Killoran et al., 2017,
    arXiv:1712.06148, section 3.1. At their sizes it has as many parameters as theirs.

    Theirs gives the shares of the softmax. This one draws a symbol by them, unless it is told
    otherwise, with the gradient of the softmax; see `SoftmaxBlocks`. What is drawn is decided by
    the last `length * symbols` latents, so that a sequence is a function of its latents.

    Args:
        image_shape: shape of one sequence, (length, symbols).
        latent_dim: how many numbers decide on the sequence as a whole. Defaults to 128.
        width: channels of the hidden maps. Defaults to 512.
        num_blocks: residual blocks. Defaults to 5.
        choice: "gumbel" (the default) draws symbols; "softmax" gives shares, as the papers do.
        temperature: of the straight-through gradient. Defaults to 1.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim + length * symbols)`, without the second
        part for "softmax", and `labels (batch,)` if conditional, to float32 sequences `(batch,
        length, symbols)`, the sum of which is 1 at each place.

    Raises:
        ValueError: an argument is out of range.
    """
    length, symbols = check(image_shape, width=width, num_blocks=num_blocks)
    parts.check_units("latent_dim", latent_dim)
    parts.check_choice("choice", choice, CHOICES)
    drawn = length * symbols if choice == "gumbel" else 0
    latents, labels = parts.latent_inputs(latent_dim + drawn, num_classes)
    shared = latents[:, :latent_dim] if drawn else latents
    x = parts.with_labels(shared, labels, num_classes, embedding_dim)
    x = layers.Dense(length * width, kernel_initializer="he_normal", name="in")(x)
    x = layers.Reshape((length, width), name="places")(x)  # (b, length, width)
    x = residual_1d.blocks(x, width, num_blocks)
    logits = residual_1d.conv(symbols, 1, "logits", "glorot_uniform", dtype="float32")(x)
    if drawn:
        normals = layers.Reshape((length, symbols), dtype="float32", name="noise")(
            latents[:, latent_dim:]
        )
        draw = SoftmaxBlocks((symbols,), temperature=temperature, name="sample")
        sequences = draw([logits, normals])
    else:
        sequences = layers.Softmax(dtype="float32", name="sample")(logits)
    return keras.Model(parts.inputs_of(latents, labels), sequences, name=name)


def discriminator(
    image_shape=(32, 4),
    *,
    width=512,
    num_blocks=5,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    name="discriminator",
) -> keras.Model:
    """A discriminator of sequences: the generator's blocks, and a dense layer of all places.

    Args:
        image_shape: shape of one sequence, (length, symbols); more symbols, for sequences judged
            together.
        width: channels of the hidden maps. Defaults to 512.
        num_blocks: residual blocks. Defaults to 5.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) or "concatenation", as for `mlp`.
        auxiliary: whether it guesses the class; as for `mlp`. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: sequences `(batch, length, symbols)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    check(image_shape, width=width, num_blocks=num_blocks)
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    sequences = keras.Input(image_shape, name="sample")
    x = parts.with_label_map(sequences, labels, num_classes, conditioning)
    x = residual_1d.conv(width, 1, "in")(x)
    x = residual_1d.blocks(x, width, num_blocks)
    x = layers.Flatten(name="features")(x)
    outputs = parts.scores(
        x, labels, num_classes, conditioning, auxiliary=auxiliary, initializer="glorot_uniform"
    )
    return keras.Model(parts.inputs_of(sequences, labels), outputs, name=name)


def check(image_shape, **sizes):
    """The shape of a sequence as a tuple (length, symbols).

    Args:
        image_shape: what a builder was given.
        sizes: name -> number of units, each of which must be a positive integer.

    Raises:
        ValueError: it is none, or a number is out of range.
    """
    image_shape = tuple(image_shape)
    if len(image_shape) != 2 or min(image_shape) < 1:
        raise ValueError(
            f"`image_shape` of sequences is (length, symbols). Received: {image_shape}. Take "
            "another network for images or tables."
        )
    for name, size in sizes.items():
        parts.check_units(name, size)
    return image_shape

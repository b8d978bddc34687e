"""RelGAN's networks: a relational memory, and a discriminator of several embeddings.

Source: Nie, Narodytska, Patel, 2019, RelGAN: Relational Generative Adversarial Networks for Text
Generation (ICLR), sections 3.1 and 3.3.
"""

import keras
from keras import layers

from gan_keras.networks import autoregressive, parts, sequence

KINDS = ("tokens",)
SIZES = (2, 3, 4, 5)


def generator(
    image_shape=(32, 4),
    *,
    units=512,
    cell="memory",
    num_heads=2,
    embedding_dim=32,
    pad=None,
    num_classes=None,
    name="generator",
) -> keras.Model:
    """`autoregressive.generator` with a relational memory: RelGAN's has two heads of 256.

    Arguments, result and errors are those of `autoregressive.generator`.
    """
    return autoregressive.generator(
        image_shape,
        units=units,
        cell=cell,
        num_heads=num_heads,
        embedding_dim=embedding_dim,
        pad=pad,
        num_classes=num_classes,
        name=name,
    )


def discriminator(
    image_shape=(32, 4),
    *,
    num_embeddings=64,
    embedding_dim=1,
    width=300,
    num_classes=None,
    name="discriminator",
) -> keras.Model:
    """A discriminator that looks at a sequence by several embeddings, with a logit for each.

    Each embedding of the symbols is learned, and goes through the same convolutions of 2 to 5
    symbols, the maximum over places, a highway layer and a dense layer. What the generator learns
    from is the mean over embeddings, which look for different things.

    Args:
        image_shape: shape of one sequence, (length, symbols).
        num_embeddings: S. Defaults to RelGAN's 64.
        embedding_dim: numbers that stand for a symbol in each. Defaults to 1.
        width: channels of the convolutions of each size. Defaults to 300.
        num_classes: number of classes, or None for an unconditional one (the default). Classes are
            concatenated to each symbol.
        name: name of the model.

    Returns:
        A built `keras.Model`: sequences `(batch, length, symbols)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, num_embeddings)`.

    Raises:
        ValueError: an argument is out of range.
    """
    length, _ = sequence.check(
        image_shape, num_embeddings=num_embeddings, embedding_dim=embedding_dim, width=width
    )
    if length < SIZES[0]:
        raise ValueError(f"Sequences of {length} symbol have no words of {SIZES[0]}. Give longer.")
    labels = parts.discriminator_labels(num_classes, False, "concatenation")
    sequences = keras.Input(image_shape, name="sample")
    x = parts.with_label_map(sequences, labels, num_classes, "concatenation")
    x = layers.Dense(num_embeddings * embedding_dim, use_bias=False, name="embeddings")(x)
    x = layers.Reshape((length, num_embeddings, embedding_dim), name="apart")(x)
    x = layers.Permute((2, 1, 3), name="each")(x)  # (b, embeddings, length, dim)
    found = []
    for size in SIZES:
        if size > length:
            break
        maps = layers.Conv2D(
            width,
            (1, size),
            activation="relu",
            kernel_initializer="he_normal",
            name=f"words_of_{size}",
        )(x)
        largest = layers.MaxPooling2D((1, length - size + 1), name=f"largest_of_{size}")(maps)
        found.append(layers.Reshape((num_embeddings, width), name=f"flat_{size}")(largest))
    x = found[0] if len(found) == 1 else layers.Concatenate(name="found")(found)
    units = x.shape[-1]  # (b, embeddings, units)
    gate = layers.Dense(units, "sigmoid", name="gate")(x)
    other = layers.Dense(units, "relu", kernel_initializer="he_normal", name="other")(x)
    x = layers.Add(name="highway")([x, layers.Multiply()([gate, layers.Subtract()([other, x])])])
    x = layers.Dense(100, name="features")(x)
    logits = layers.Dense(1, dtype="float32", name="each_logit")(x)
    logits = layers.Reshape((num_embeddings,), dtype="float32", name="logits")(logits)
    return keras.Model(parts.inputs_of(sequences, labels), logits, name=name)

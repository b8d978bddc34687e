"""The networks of CTGAN: dense layers, rows of places and choices, packs of rows judged at once."""

import keras
from keras import layers

from gan_keras.layers import BatchNorm, SoftmaxBlocks
from gan_keras.networks import parts

KINDS = ("mode_table",)
CHOOSES = 2  # latents that say which condition a row has, where nobody does; see models.CTGAN


def generator(
    image_shape=(8,),
    latent_dim=128,
    *,
    blocks=None,
    num_places=0,
    widths=(256, 256),
    temperature=0.2,
    condition_size=None,
    num_classes=None,
    name="generator",
) -> keras.Model:
    """A generator of rows: dense layers with batch norm, each beside what it was given.

    Its latents are `latent_dim` numbers, one for each unit of the choices (the Gumbel noise; see
    `SoftmaxBlocks`), and two that the network leaves alone. The end is tanh for places and, for
    choices, the softmax itself at a temperature, not one unit: so a discriminator sees shares.
    The paper's has momentum .1 of new statistics, epsilon 1e-5.

    Source: Xu et al., 2019, arXiv:1907.00503, section 4.4.

    Args:
        image_shape: shape of one row, (units,).
        latent_dim: how many numbers decide on the row as a whole. Defaults to 128.
        blocks: how many units each column has, in order. Defaults to None, one column.
        num_places: how many units, at the beginning, are places. Defaults to 0.
        widths: units of the hidden layers. Defaults to (256, 256).
        temperature: of the softmax. Defaults to 0.2.
        condition_size: length of the input `condition`; None (the default) for none.
        num_classes: None; labels are a column of the table.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim + units of choices + 2)` and `condition
        (batch, condition_size)` to float32 rows `(batch, units)`. Its layer "logits" gives what the
        choices are made of.

    Raises:
        ValueError: an argument is out of range.
    """
    units = _check(image_shape, widths, num_classes)
    blocks = tuple(blocks or (units - num_places,))
    if num_places + sum(blocks) != units:
        raise ValueError(
            f"{num_places} places and `blocks` of {sum(blocks)} units make no row of {units}. Give "
            "those of the table: kind.network_arguments()."
        )
    parts.check_units("latent_dim", latent_dim)
    num_choices = sum(blocks)
    latents = keras.Input((latent_dim + num_choices + CHOOSES,), name="latents")
    condition = None if condition_size is None else keras.Input((condition_size,), name="condition")
    x, normals = latents[:, :latent_dim], latents[:, latent_dim : latent_dim + num_choices]
    if condition is not None:
        x = layers.Concatenate(name="given")([x, condition])
    for index, width in enumerate(widths):
        inner = layers.Dense(width, name=f"dense_{index}")(x)
        inner = BatchNorm(name=f"norm_{index}")(inner)
        inner = layers.ReLU(name=f"relu_{index}")(inner)
        x = layers.Concatenate(name=f"beside_{index}")([inner, x])
    raw = layers.Dense(units, dtype="float32", name="raw")(x)
    logits = layers.Identity(dtype="float32", name="logits")(raw[:, num_places:])
    rows = SoftmaxBlocks(blocks, temperature=temperature, hard=False, name="choices")(
        [logits, normals]
    )
    if num_places:
        places = layers.Activation("tanh", dtype="float32", name="places")(raw[:, :num_places])
        rows = layers.Concatenate(dtype="float32", name="sample")([places, rows])
    return keras.Model(latents if condition is None else [latents, condition], rows, name=name)


def discriminator(
    image_shape=(8,),
    *,
    widths=(256, 256),
    dropout=0.5,
    condition_size=None,
    packing=1,
    num_classes=None,
    name="discriminator",
) -> keras.Model:
    """A discriminator of packs of rows, each with its condition behind it.

    Args:
        image_shape: (units,) of the rows of a pack together.
        widths: units of the hidden layers, leaky ReLU of slope 0.2. Defaults to (256, 256).
        dropout: share of units left out in training. Defaults to 0.5.
        condition_size: as for the generator.
        packing: how many rows a pack has. Defaults to 1.
        num_classes: None; labels are a column of the table.
        name: name of the model.

    Returns:
        A built `keras.Model`: packs `(packs, packing * (units of a row + condition_size))` to raw
        float32 logits `(packs, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    units = _check(image_shape, widths, num_classes)
    if not 0 <= dropout < 1:
        raise ValueError(f"`dropout` must be at least 0 and below 1. Received: {dropout!r}.")
    rows = keras.Input((units + packing * (condition_size or 0),), name="sample")
    x = rows
    for index, width in enumerate(widths):
        x = layers.Dense(width, name=f"dense_{index}")(x)
        x = layers.LeakyReLU(negative_slope=0.2, name=f"leaky_{index}")(x)
        x = layers.Dropout(dropout, name=f"dropout_{index}")(x)
    logits = layers.Dense(1, dtype="float32", name="logits")(x)
    return keras.Model(rows, logits, name=name)


def _check(image_shape, widths, num_classes):
    if len(image_shape) != 1 or image_shape[0] < 1:
        raise ValueError(
            f"`image_shape` of a table is (units,). Received: {tuple(image_shape)}. Take another "
            "network for images."
        )
    parts.check_widths(widths, None, "each hidden layer")
    if num_classes is not None:
        raise ValueError("CTGAN is told columns, not labels. Leave `num_classes` out.")
    return image_shape[0]

"""Residual dense networks for rows of a table: one-hot vectors, one a column, and places."""

import keras
from keras import layers

from gan_keras.layers import FixBlocks, LogitsAlongRanks, RanksOfBlocks, SoftmaxBlocks
from gan_keras.networks import parts

KINDS = ("table", "mode_table")


def generator(
    image_shape=(8,),
    latent_dim=128,
    *,
    blocks=None,
    ranks=None,
    num_places=0,
    width=256,
    num_blocks=2,
    temperature=1.0,
    condition_size=None,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of rows that ends in one softmax a column.

    Its latents are `latent_dim` numbers that decide on the row as a whole, and one number for each
    unit of the choices, which decides what the softmax leaves open. So a row is a function of
    its latents; see `SoftmaxBlocks`. Rows of a `kinds.ModeTable` begin with places, by tanh.

    Args:
        image_shape: shape of one row, (units,).
        latent_dim: how many numbers decide on the row as a whole. Defaults to 128.
        blocks: how many units each column has, in order; with the places their sum is `units`.
            Defaults to None, one column.
        ranks: for each column a rank for each of its units, all 0 where they have no order; see
            `layers.LogitsAlongRanks`. None (the default) for columns without.
        num_places: how many units, at the beginning, are places. Defaults to 0.
        width: units of the hidden layers. Defaults to 256.
        num_blocks: residual blocks of two dense layers. Defaults to 2.
        temperature: of the straight-through gradient. Defaults to 1.
        condition_size: length of the input `condition`, for a generator that is told some columns;
            None (the default) for one that is told nothing.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim + units of choices)`, and `labels
        (batch,)` or `condition (batch, condition_size)` if asked for, to float32 rows `(batch,
        units)`.

    Raises:
        ValueError: an argument is out of range.
    """
    units, blocks = _check(image_shape, blocks, width, num_blocks, num_places)
    parts.check_units("latent_dim", latent_dim)
    latents, labels = parts.latent_inputs(latent_dim + sum(blocks), num_classes)
    shared, normals = latents[:, :latent_dim], latents[:, latent_dim:]
    x = parts.with_labels(shared, labels, num_classes, embedding_dim)
    condition = _condition(condition_size)
    if condition is not None:
        x = layers.Concatenate(name="given")([x, condition])
    x = _trunk(x, width, num_blocks)
    logits = layers.Dense(units, dtype="float32", name="logits")(x)
    if ranks is not None:
        _check_ranks(ranks, units)
        along = LogitsAlongRanks(ranks, name="along_ranks")
        slopes = layers.Dense(2 * along.matrix.shape[1], dtype="float32", name="slopes")(x)
        logits = layers.Add(dtype="float32", name="all_logits")([logits, along(slopes)])
    ends = SoftmaxBlocks(blocks, temperature=temperature, name="sample")
    if num_places:
        places = layers.Activation("tanh", dtype="float32", name="places")(logits[:, :num_places])
        choices = ends([logits[:, num_places:], normals])
        rows = layers.Concatenate(dtype="float32", name="row")([places, choices])
    else:
        rows = ends([logits, normals])
    if condition is not None:
        rows = FixBlocks(blocks, name="fixed")([rows, condition])
    return keras.Model(_inputs(latents, labels, condition), rows, name=name)


def discriminator(
    image_shape=(8,),
    *,
    ranks=None,
    width=256,
    num_blocks=2,
    condition_size=None,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    name="discriminator",
) -> keras.Model:
    """A discriminator of rows.

    Args:
        image_shape: shape of one row, (units,); more, for rows judged together.
        ranks: as for the generator: it sees the ranks, too.
        width: units of the hidden layers. Defaults to 256.
        num_blocks: residual blocks of two dense layers. Defaults to 2.
        condition_size: as for the generator.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) or "concatenation", as for `mlp`.
        auxiliary: whether it guesses the class; as for `mlp`. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: rows, and `labels` or `condition` if asked for, to raw float32 logits
        `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    _check(image_shape, None, width, num_blocks, 0)
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    rows = keras.Input(image_shape, name="sample")
    x = parts.with_label_map(rows, labels, num_classes, conditioning)
    if ranks is not None:
        ranks = list(ranks) * (image_shape[0] // max(1, sum(map(len, ranks))))  # of all that came
        _check_ranks(ranks, image_shape[0])
        x = layers.Concatenate(name="with_ranks")([x, RanksOfBlocks(ranks, name="ranks")(rows)])
    condition = _condition(condition_size)
    if condition is not None:
        x = layers.Concatenate(name="given")([x, condition])
    x = layers.Identity(name="features")(_trunk(x, width, num_blocks))
    outputs = parts.scores(
        x, labels, num_classes, conditioning, auxiliary=auxiliary, initializer="glorot_uniform"
    )
    return keras.Model(_inputs(rows, labels, condition), outputs, name=name)


def _trunk(x, width, num_blocks):
    """A dense layer and residual blocks, each x + W2 f(W1 f(x)); f is leaky ReLU."""
    x = layers.Dense(width, kernel_initializer="he_normal", name="in")(x)
    for index in range(num_blocks):
        inner = parts.leaky_relu(f"block_{index}_first")(x)
        inner = layers.Dense(width, kernel_initializer="he_normal", name=f"block_{index}_a")(inner)
        inner = parts.leaky_relu(f"block_{index}_second")(inner)
        inner = layers.Dense(width, kernel_initializer="he_normal", name=f"block_{index}_b")(inner)
        x = layers.Add(name=f"block_{index}")([x, inner])
    return parts.leaky_relu("last")(x)


def _condition(size):
    return None if size is None else keras.Input((size,), name="condition")


def _inputs(*inputs):
    given = [one for one in inputs if one is not None]
    return given[0] if len(given) == 1 else given


def _check_ranks(ranks, units):
    found = sum(map(len, ranks))
    if found != units:
        raise ValueError(
            f"`ranks` are of {found} units, but a row has {units}. Give those of the table: "
            "kind.network_arguments()."
        )


def _check(image_shape, blocks, width, num_blocks, num_places):
    image_shape = tuple(image_shape)
    if len(image_shape) != 1 or image_shape[0] < 1:
        raise ValueError(
            f"`image_shape` of a table is (units,). Received: {image_shape}. Take another network "
            "for images."
        )
    parts.check_units("width", width)
    parts.check_units("num_blocks", num_blocks)
    blocks = tuple(blocks or (image_shape[0] - num_places,))
    if num_places + sum(blocks) != image_shape[0]:
        and_places = f" beside {num_places} places" if num_places else ""
        raise ValueError(
            f"`blocks` have {sum(blocks)} units in all{and_places}, but a row has "
            f"{image_shape[0]}. Give the blocks of the table: kind.network_arguments()."
        )
    return image_shape[0], blocks

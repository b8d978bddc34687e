"""Residual 1-D convolutions for series of readings: weather, sensors, accounts."""

import keras
from keras import layers

from gan_keras.layers import GroupMoments, SnapLevels, WithChanges
from gan_keras.networks import parts, residual_1d

KINDS = ("signals",)
REACH = 5.0  # of channels of which nothing is known, in their standard deviations


def generator(
    image_shape=(24, 1),
    latent_dim=64,
    *,
    width=64,
    num_blocks=1,
    num_doublings=2,
    step_noise=8,
    levels=None,
    reach=None,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of series.

    A dense layer makes a short map, residual blocks of two convolutions of kernel 5 make it agree
    with itself, and it is doubled until it has all steps, with a block after each doubling. So
    neighbours in time begin alike. What a step does by itself comes from noise of its own, which
    joins at the end (Karras et al., 2019, arXiv:1812.04948, section 3.2, have it in each layer). A
    convolution of kernel 1 gives the channels. The blocks are those of Gulrajani et al. (2017,
    arXiv:1704.00028, appendix C), who made letters of them.
    Channels that have few values keep to them; see `SnapLevels`.

    Args:
        image_shape: shape of one series, (steps, channels).
        latent_dim: how many latents decide on the series as a whole. Defaults to 64.
        width: channels of the hidden maps. Defaults to 64.
        num_blocks: residual blocks before the first doubling. Defaults to 1.
        num_doublings: doublings of the map; the shortest one has a quarter of the steps with the
            default of 2, rounded up.
        step_noise: latents that each step has besides, 0 for none. Defaults to 8.
        levels: for each channel the numbers that it keeps to, ascending, empty for any; None (the
            default) for any in all channels.
        reach: for each channel a positive bound of its numbers; None (the default) for 5 in all.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim + steps * step_noise)`, and `labels
        (batch,)` if conditional, to float32 series `(batch, steps, channels)` of about unit
        variance.

    Raises:
        ValueError: an argument is out of range.
    """
    steps, channels = _check(image_shape, width, num_blocks)
    if not isinstance(num_doublings, int) or not 0 <= num_doublings <= 8:
        raise ValueError(f"`num_doublings` is an integer from 0 to 8. Received: {num_doublings!r}.")
    parts.check_units("latent_dim", latent_dim)
    if not isinstance(step_noise, int) or step_noise < 0:
        raise ValueError(f"`step_noise` is an integer, at least 0. Received: {step_noise!r}.")
    levels = [[]] * channels if levels is None else list(levels)
    if len(levels) != channels:
        raise ValueError(
            f"`levels` are of {len(levels)} channels, but series have {channels}. Give a list for "
            "each: kind.network_arguments()."
        )
    reach = bounds(reach, channels)
    latents, labels = parts.latent_inputs(latent_dim + steps * step_noise, num_classes)
    shared, own = latents[:, :latent_dim], latents[:, latent_dim:]
    x = parts.with_labels(shared, labels, num_classes, embedding_dim)
    coarse = -(-steps // 2**num_doublings)  # what is too much is cut off at the end
    x = layers.Dense(coarse * width, kernel_initializer="he_normal", name="in")(x)
    x = layers.Reshape((coarse, width), name="places")(x)  # (b, coarse, width)
    x = residual_1d.blocks(x, width, num_blocks)
    for doubling in range(num_doublings):
        x = layers.UpSampling1D(2, name=f"doubling_{doubling}")(x)
        x = residual_1d.blocks(x, width, 1, first=num_blocks + doubling)
    x = layers.Cropping1D((0, coarse * 2**num_doublings - steps), name="cropped")(x)
    if step_noise:
        own = layers.Reshape((steps, step_noise), name="own")(own)
        own = residual_1d.conv(width, residual_1d.KERNEL, "own_in")(own)
        x = layers.Add(name="with_own")([x, own])
        x = residual_1d.blocks(x, width, 1, first=num_blocks + num_doublings)
    x = layers.ReLU(name="last")(x)
    x = residual_1d.conv(channels, 1, "readings", "glorot_uniform", dtype="float32")(x)
    # Within a range: a number beyond the last level would go on and on, and nobody saw it.
    x = layers.Rescaling([1 / one for one in reach], dtype="float32", name="share_of_range")(x)
    x = layers.Activation("tanh", dtype="float32", name="bounded")(x)
    series = layers.Rescaling(reach, dtype="float32", name="in_range")(x)
    if any(levels):
        series = SnapLevels(levels, name="sample")(series)
    return keras.Model(parts.inputs_of(latents, labels), series, name=name)


def discriminator(
    image_shape=(24, 1),
    *,
    width=64,
    num_blocks=3,
    changes=None,
    group_size=16,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    name="discriminator",
) -> keras.Model:
    """A discriminator of series: the generator's blocks at all steps, and a dense layer.

    It sees the changes from step to step, too (`layers.WithChanges`), and mean and deviation of
    both over a group of series (`layers.GroupMoments`): what is rare, such as heavy rain, is not
    missed in one series.

    Args:
        image_shape: shape of one series, (steps, channels); more channels, for series judged
            together.
        width: channels of the hidden maps. Defaults to 64.
        num_blocks: residual blocks. Defaults to 3.
        changes: for each channel the standard deviation of its changes; None (the default) for
            series as they are.
        group_size: series in a group; 0 for a discriminator that sees each alone. Defaults to 16.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) or "concatenation", as for `mlp`.
        auxiliary: whether it guesses the class; as for `mlp`. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: series `(batch, steps, channels)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    _check(image_shape, width, num_blocks)
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    series = keras.Input(image_shape, name="sample")
    if changes is not None and image_shape[-1] % len(changes):
        raise ValueError(
            f"`changes` are of {len(changes)} channels, but series have {image_shape[-1]}. Give "
            "one for each: kind.network_arguments()."
        )
    x = series if changes is None else WithChanges(changes, name="with_changes")(series)
    seen = x
    x = parts.with_label_map(x, labels, num_classes, conditioning)
    x = residual_1d.conv(width, residual_1d.KERNEL, "in")(x)
    x = residual_1d.blocks(x, width, num_blocks)
    x = parts.leaky_relu("last")(x)
    x = layers.Flatten(name="features" if group_size == 0 else "own")(x)
    if group_size:
        moments = GroupMoments(group_size, name="of_group")(seen)
        moments = layers.Dense(width, kernel_initializer="he_normal", name="moments")(moments)
        moments = parts.leaky_relu("of_group_last")(moments)
        x = layers.Concatenate(name="features")([x, moments])
    outputs = parts.scores(
        x, labels, num_classes, conditioning, auxiliary=auxiliary, initializer="glorot_uniform"
    )
    return keras.Model(parts.inputs_of(series, labels), outputs, name=name)


def bounds(reach, channels):
    """A bound for each channel; see `reach` of `generator`.

    Raises:
        ValueError: they are not positive, or not as many.
    """
    reach = [REACH] * channels if reach is None else [float(one) for one in reach]
    if len(reach) != channels or not all(0 < one < float("inf") for one in reach):
        raise ValueError(
            f"`reach` is a positive number for each of {channels} channels. Received: {reach}. "
            "Give what the kind says: kind.network_arguments()."
        )
    return reach


def _check(image_shape, width, num_blocks):
    image_shape = tuple(image_shape)
    if len(image_shape) != 2 or min(image_shape) < 1:
        raise ValueError(
            f"`image_shape` of series is (steps, channels). Received: {image_shape}. Take another "
            "network for images or tables."
        )
    parts.check_units("width", width)
    parts.check_units("num_blocks", num_blocks)
    return image_shape

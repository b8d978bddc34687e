"""DoppelGANger's networks: an LSTM that makes several steps at a time, between limits made before.

Sources: Lin et al. (2020), arXiv:1909.13403, sections 4 and 5; the authors' sizes.
"""

import itertools

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.networks import parts
from gan_keras.networks.series import bounds

KINDS = ("signals",)
LIMITS = "limits"
SCALED = "scaled"
SAMPLE = "sample"
"""Names of the layers of which the model must know."""


def generator(
    image_shape=(24, 1),
    *,
    noise_dim=5,
    units=100,
    limit_units=100,
    steps_at_once=4,
    reach=None,
    num_classes=None,
    name="generator",
) -> keras.Model:
    """A generator of series.

    From noise and the one-hot class, a network of two dense layers (ReLU, batch norm) makes the
    *limits* of each channel: the middle between its smallest and largest reading, and half their
    distance. An LSTM whose first state is noise gets the class, the limits and fresh noise at each
    turn, and makes several steps at once, in [-1, 1], which are put between the limits.

    Args:
        image_shape: shape of one series, (steps, channels).
        noise_dim: numbers of noise for the limits, and for each turn. Defaults to 5.
        units: of the LSTM. Defaults to 100.
        limit_units: of both dense layers. Defaults to 100.
        steps_at_once: S, steps of a turn. Defaults to 4.
        reach: for each channel a positive bound of its numbers, which are -1 and 1 for the network;
            None (the default) for 5 in all.
        num_classes: number of classes, or None for an unconditional generator (the default).
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, noise_dim * (turns + 1) + 2 * units)`, and `labels
        (batch,)` if conditional, to float32 series `(batch, steps, channels)`.

    Raises:
        ValueError: an argument is out of range.
    """
    steps, channels = _check(image_shape)
    for argument, size in {
        **{"noise_dim": noise_dim, "units": units},
        **{"limit_units": limit_units, "steps_at_once": steps_at_once},
    }.items():
        parts.check_units(argument, size)
    reach = bounds(reach, channels)
    turns = -(-steps // steps_at_once)
    sizes = (noise_dim, turns * noise_dim, units, units)
    latents, labels = parts.latent_inputs(sum(sizes), num_classes)
    starts = [sum(sizes[:place]) for place in range(5)]
    noise, each, *state = (latents[:, a:b] for a, b in itertools.pairwise(starts))
    x = parts.with_label_map(noise, labels, num_classes, "concatenation")
    given = x[:, noise_dim:]
    for place in range(2):
        x = layers.Dense(limit_units, name=f"limits_{place}")(x)
        x = layers.ReLU(name=f"limits_{place}_relu")(x)
        x = BatchNorm(name=f"limits_{place}_norm")(x)
    middle = layers.Dense(channels, "tanh", dtype="float32", name="middle")(x)
    half = layers.Dense(channels, "sigmoid", dtype="float32", name="half")(x)
    limits = layers.Concatenate(dtype="float32", name=LIMITS)([middle, half])
    told = [limits] if labels is None else [limits, given]
    told = [layers.RepeatVector(turns, name=f"told_{n}")(one) for n, one in enumerate(told)]
    each = layers.Reshape((turns, noise_dim), name="noise")(each)
    x = layers.Concatenate(name="turns")([each, *told])
    x = layers.LSTM(units, return_sequences=True, name="lstm")(x, initial_state=state)
    x = layers.Dense(steps_at_once * channels, "tanh", dtype="float32", name="steps")(x)
    x = layers.Reshape((turns * steps_at_once, channels), dtype="float32", name="all_steps")(x)
    scaled = layers.Cropping1D((0, turns * steps_at_once - steps), dtype="float32", name=SCALED)(x)
    middle = layers.RepeatVector(steps, dtype="float32", name="middle_of_all")(middle)
    half = layers.RepeatVector(steps, dtype="float32", name="half_of_all")(half)
    series = layers.Multiply(dtype="float32", name="spread")([scaled, half])
    series = layers.Add(dtype="float32", name="placed")([series, middle])
    series = layers.Rescaling(reach, dtype="float32", name=SAMPLE)(series)
    return keras.Model(parts.inputs_of(latents, labels), series, name=name)


def discriminator(
    image_shape=(24, 1), *, units=200, num_layers=4, num_classes=None, name="discriminator"
) -> keras.Model:
    """The discriminator of limits and scaled steps together, as one vector.

    Args:
        image_shape: shape of one series, (steps, channels).
        units: of each dense layer. Defaults to 200.
        num_layers: dense layers, with ReLU. Defaults to 4.
        num_classes: number of classes, or None for an unconditional one (the default).
        name: name of the model.

    Returns:
        A built `keras.Model`: vectors `(batch, channels * (steps + 2))`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    steps, channels = _check(image_shape)
    return _dense(channels * (steps + 2), units, num_layers, num_classes, name)


def auxiliary(image_shape=(24, 1), *, units=200, num_layers=4, num_classes=None, name="auxiliary"):
    """The discriminator of limits alone; arguments as of `discriminator`.

    Returns:
        A built `keras.Model`: limits `(batch, 2 * channels)`, and labels, to logits `(batch, 1)`.
    """
    _, channels = _check(image_shape)
    return _dense(2 * channels, units, num_layers, num_classes, name)


def _dense(width, units, num_layers, num_classes, name):
    parts.check_units("units", units)
    parts.check_units("num_layers", num_layers)
    labels = parts.discriminator_labels(num_classes, False, "concatenation")
    vectors = keras.Input((width,), name="sample")
    x = parts.with_label_map(vectors, labels, num_classes, "concatenation")
    for place in range(num_layers):
        x = layers.Dense(units, "relu", kernel_initializer="he_normal", name=f"dense_{place}")(x)
    logits = layers.Dense(1, dtype="float32", name="logits")(x)
    return keras.Model(parts.inputs_of(vectors, labels), logits, name=name)


def _check(image_shape):
    image_shape = tuple(image_shape)
    if len(image_shape) != 2 or min(image_shape) < 1:
        raise ValueError(
            f"`image_shape` of series is (steps, channels). Received: {image_shape}. Take another "
            "network for images or tables."
        )
    return image_shape

"""Checks of sizes, and the inputs of a discriminator, for networks that take an image."""

import keras
from keras import layers


def check_shape(name, shape):
    """`shape` as a tuple (height, width, channels); both sides may be None, for any size.

    Raises:
        ValueError: it is something else.
    """
    given = tuple(shape) if isinstance(shape, (tuple, list)) else ()
    sides, channels = given[:2], given[2:]
    any_size = sides == (None, None)
    if len(given) != 3 or not all(map(_positive, channels if any_size else given)):
        raise ValueError(
            f"`{name}` must be (height, width, channels), or (None, None, channels) for any size. "
            f"Received: {shape}."
        )
    return given


def check_positive(**integers):
    """Raises a ValueError of one line unless all are positive integers."""
    for name, value in integers.items():
        if not _positive(value):
            raise ValueError(f"`{name}` must be a positive integer. Received: {value!r}.")


def check_divisible(name, shape, factor, why):
    """Raises a ValueError of one line unless both sides, if known, are multiples of `factor`."""
    if any(side is not None and side % factor for side in shape[:2]):
        raise ValueError(
            f"`{name}` needs a height and width that are multiples of {factor}, {why}. "
            f"Received: {shape}. Pad or resize the images."
        )


def check_scale(input_shape, image_shape, scale, scales):
    """The sizes of super-resolution, from the small image's shape and one thing more.

    Args:
        input_shape: of the small image; both sides may be None.
        image_shape: of the large one, or None: then it has as many channels as the small one.
        scale: how many times larger it is, or None: 4, or what the shapes say.
        scales: what `scale` may be.

    Returns:
        `input_shape`, `image_shape` and `scale`.

    Raises:
        ValueError: they contradict each other, or the scale is none of `scales`.
    """
    input_shape = check_shape("input_shape", input_shape)
    known = input_shape[0] is not None
    if image_shape is not None:
        image_shape = check_shape("image_shape", image_shape)
        if known and image_shape[0] is not None:
            found = image_shape[0] // input_shape[0]
            scale = found if scale is None else scale
    scale = 4 if scale is None else scale
    sides = tuple(side * scale if known else None for side in input_shape[:2])
    if image_shape is None:
        image_shape = (*sides, input_shape[2])
    if scale not in scales or image_shape[:2] != sides:
        raise ValueError(
            f"`image_shape` must be `input_shape` times a scale of {scales}. "
            f"Received: {input_shape} and {image_shape}, scale {scale}."
        )
    return input_shape, image_shape, scale


def judged(image_shape, input_shape):
    """The inputs of a discriminator, and what it looks at.

    Args:
        image_shape: of the input `sample`.
        input_shape: of the input `input`, what the translator was given, as large as the sample or
            smaller by a whole number, by which its pixels are then repeated; None for none.

    Returns:
        The input or the list of them, and one tensor: the sample, after the input if there is one.

    Raises:
        ValueError: the shapes don't fit each other.
    """
    image_shape = check_shape("image_shape", image_shape)
    sample = keras.Input(image_shape, name="sample")
    if input_shape is None:
        return sample, sample
    input_shape = check_shape("input_shape", input_shape)
    times = 1 if None in (image_shape[0], input_shape[0]) else image_shape[0] // input_shape[0]
    if image_shape[:2] != tuple(side and side * times for side in input_shape[:2]):
        raise ValueError(
            "`image_shape` must have the height and width of `input_shape`, or a multiple of both. "
            f"Received: {image_shape} and {input_shape}."
        )
    given = x = keras.Input(input_shape, name="input")
    if times > 1:
        x = layers.UpSampling2D(times, interpolation="nearest", name="input_resize")(x)
    return [sample, given], layers.Concatenate(name="input_and_sample")([x, sample])


def _positive(value):
    return isinstance(value, int) and not isinstance(value, bool) and value > 0

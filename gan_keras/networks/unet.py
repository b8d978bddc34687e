"""The U-Net of pix2pix: an encoder and a decoder that also sees every map of the encoder."""

import keras
from keras import layers

from gan_keras.networks import parts, sizes, translator_parts


def generator(
    input_shape=(64, 64, 3),
    image_shape=(64, 64, 3),
    *,
    width=64,
    num_levels=None,
    max_width=None,
    norm="instance",
    dropout=0.0,
    dropout_at_test=False,
    upsampling="resize",
    residual=False,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A translator that halves its input down to a few pixels and doubles it back.

    For pairs whose outlines lie on each other: the skip connections carry them across. Down: 4x4
    convolutions of stride 2, leaky ReLU of slope 0.2. Up: ReLU, doubling, concatenation with the
    encoder's map of that size; tanh at the end. The first and the innermost map are not normalised:
    of a map of one pixel a norm makes zeros. (Isola et al., 2017, arXiv 1611.07004, section 6.1.)

    The paper's network at 256 pixels is `norm="batch", upsampling="transposed", dropout=0.5`. The
    paper keeps dropout, and the statistics of the test batch, at test. Here an input has one
    output: instance norm, and no dropout unless asked for.

    Args:
        input_shape: `(height, width, channels)` of what is translated, or `(None, None, channels)`
            for any size. Both sides are multiples of `2^num_levels`. Defaults to (64, 64, 3).
        image_shape: of what comes out; the same size. Defaults to (64, 64, 3).
        width: channels of the first map; they double at each level. Defaults to 64, the paper's.
        num_levels: halvings. Defaults to as many as both sides allow, 8 at most (which the paper
            has at 256 pixels): 6 at 64.
        max_width: most channels of a map. Defaults to `8 * width`.
        norm: "instance" (the default), "batch" or None.
        dropout: rate after the inner doublings: `num_levels - 5` of them after the innermost, at
            least 1 and at most 3, as in the paper's code. Defaults to 0.
        dropout_at_test: whether dropout is on at test, too, as the source of noise that the paper
            has. Defaults to False.
        upsampling: "resize" (nearest neighbour, then a 3x3 convolution; the default), or
            "transposed" (4x4, stride 2), which paints checkerboards.
        residual: whether it learns what to add to its input, which then has the samples' channels,
            or one, and ends without tanh: for translations that leave most of a picture as it is.
            Defaults to False, the paper's.
        initializer: of the kernels. Defaults to the paper's normal with deviation 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)` to float32 images
        `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range, or a side is no multiple of `2^num_levels`.
    """
    input_shape, image_shape = translator_parts.check_same_size(input_shape, image_shape)
    num_levels = _check_levels(num_levels, input_shape)
    max_width = 8 * width if max_width is None else max_width
    sizes.check_positive(width=width, max_width=max_width)
    parts.check_choice("norm", norm, translator_parts.NORMS)
    parts.check_choice("upsampling", upsampling, translator_parts.UPSAMPLINGS)
    if not 0 <= dropout < 1:
        raise ValueError(f"`dropout` must be at least 0 and below 1. Received: {dropout!r}.")
    if dropout_at_test and not dropout:
        raise ValueError("`dropout_at_test=True` needs a `dropout` above 0. Received: 0.")
    widths = [min(width * 2**level, max_width) for level in range(num_levels)]
    inner_bias = norm != "batch"  # batch norm has a shift of its own
    last_dropout = num_levels - 2 - max(1, min(3, num_levels - 5))

    x = images = keras.Input(input_shape, name="input")
    skips = []
    for level, filters in enumerate(widths):
        if level:
            x = parts.leaky_relu(f"down_activation_{level}")(x)
        x = translator_parts.convolved(
            x,
            filters,
            4,
            strides=2,
            padding=1,
            use_bias=inner_bias,
            initializer=initializer,
            name=f"down_{level}",
        )
        if 0 < level < num_levels - 1:
            x = translator_parts.normalized(x, norm, f"down_norm_{level}")
        skips.append(x)
    for level in reversed(range(num_levels)):
        if level < num_levels - 1:
            x = layers.Concatenate(name=f"skip_{level}")([skips[level], x])
        x = layers.ReLU(name=f"up_activation_{level}")(x)
        x = translator_parts.upsampled(
            x,
            widths[level - 1] if level else image_shape[-1],
            how=upsampling,
            use_bias=inner_bias or level == 0,
            initializer=initializer,
            name=f"up_{level}" if level else "to_image",
        )
        if level:
            x = translator_parts.normalized(x, norm, f"up_norm_{level}")
        if dropout and last_dropout < level < num_levels - 1 and level:
            drop = layers.Dropout(dropout, name=f"dropout_{level}")
            x = drop(x, training=True) if dropout_at_test else drop(x)
    outputs = translator_parts.image_end(x, images, residual)
    return keras.Model(images, outputs, name=name)


def _check_levels(num_levels, shape):
    sides = [side for side in shape[:2] if side is not None]
    most = min([8, *((side & -side).bit_length() - 1 for side in sides)])
    if num_levels is None:
        num_levels = most
    if not isinstance(num_levels, int) or isinstance(num_levels, bool) or num_levels < 2:
        raise ValueError(
            f"`num_levels` must be at least 2, with sides that halve so often. Received: "
            f"{num_levels} for {tuple(shape)}. Resize the images, or see tiles.translate_any_size."
        )
    if any(side % 2**num_levels for side in sides):
        raise ValueError(
            f"`input_shape` must have sides that are multiples of 2^num_levels = {2**num_levels}. "
            f"Received: {tuple(shape)}. Take fewer levels, or other sizes."
        )
    return num_levels

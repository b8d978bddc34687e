"""The residual network of CycleGAN and CUT: two halvings, residual blocks, two doublings."""

import keras
from keras import layers

from gan_keras.layers.antialias import AntialiasDownsample, AntialiasUpsample
from gan_keras.networks import parts, sizes, translator_parts

_FEATURE_BLOCKS = (0, 4)  # of CUT's five feature maps, two come after these blocks


def generator(
    input_shape=(64, 64, 3),
    image_shape=(64, 64, 3),
    *,
    width=64,
    num_blocks=None,
    norm="instance",
    upsampling="resize",
    padding="reflect",
    antialias=False,
    residual=False,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A translator that works at a quarter of the size, for unpaired images.

    A 7x7 convolution, two 3x3 ones of stride 2, residual blocks of two 3x3 convolutions, two
    doublings, a 7x7 convolution and tanh; norm and ReLU after all but the last. (Johnson et al.,
    2016, arXiv 1603.08155; Zhu et al., 2017, arXiv 1703.10593, section 7.2.)

    CycleGAN's network is `upsampling="transposed"`, CUT's is `antialias=True` (Park et al., 2020,
    arXiv 2007.15651). All have the same number of weights.

    Args:
        input_shape: `(height, width, channels)` of what is translated, or `(None, None, channels)`
            for any size. Both sides are multiples of 4. Defaults to (64, 64, 3).
        image_shape: of what comes out; the same size. Defaults to (64, 64, 3).
        width: channels of the first map; 4 times as many in the blocks. Defaults to 64, the
            papers'.
        num_blocks: residual blocks. Defaults to 9, and to 6 below 256 pixels, as in the paper.
        norm: "instance" (the default), "batch" or None.
        upsampling: "resize" (nearest neighbour, then a 3x3 convolution; the default), or
            "transposed" (3x3, stride 2), which paints checkerboards. Without effect if `antialias`.
        padding: of all convolutions of stride 1 but the doublings': "reflect" (the default) or
            "zeros".
        antialias: whether halvings and doublings blur, with convolutions of stride 1. Defaults to
            False.
        residual: whether it learns what to add to its input, which then has the samples' channels,
            and ends without tanh: for translations that leave most of a picture as it is. Defaults
            to False, the paper's.
        initializer: of the kernels. Defaults to CycleGAN's normal with deviation 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)` to float32 images
        `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range, or a side is no multiple of 4.
    """
    input_shape, image_shape = translator_parts.check_same_size(input_shape, image_shape)
    if num_blocks is None:
        num_blocks = 9 if input_shape[0] is None or min(input_shape[:2]) >= 256 else 6
    sizes.check_positive(width=width, num_blocks=num_blocks)
    parts.check_choice("norm", norm, translator_parts.NORMS)
    parts.check_choice("upsampling", upsampling, translator_parts.UPSAMPLINGS)
    parts.check_choice("padding", padding, translator_parts.PADDINGS)
    if any(side is not None and side % 4 for side in input_shape[:2]):
        raise ValueError(
            f"`input_shape` must have sides that are multiples of 4. Received: {input_shape}. "
            f"Resize the images, or see tiles.translate_any_size."
        )
    inner = {"use_bias": norm != "batch", "initializer": initializer}

    def normalize_and_activate(x, of):
        x = translator_parts.normalized(x, norm, f"{of}_norm")
        return layers.ReLU(name=f"{of}_activation")(x)

    x = images = keras.Input(input_shape, name="input")
    x = _padded(x, 3, padding, "from_image_pad")
    x = translator_parts.convolved(x, width, 7, name="from_image", **inner)
    x = normalize_and_activate(x, "from_image")
    for index in range(2):
        down = f"down_{index}"
        strides = 1 if antialias else 2
        x = translator_parts.convolved(
            x, width * 2 ** (index + 1), 3, strides=strides, padding=1, name=down, **inner
        )
        x = normalize_and_activate(x, down)
        x = AntialiasDownsample(name=f"{down}_halve")(x) if antialias else x
    for index in range(num_blocks):
        skip, block = x, f"block_{index}"
        for part in ("a", "b"):
            x = translator_parts.convolved(
                x, 4 * width, 3, padding=1, mode=padding, name=f"{block}_{part}", **inner
            )
            x = translator_parts.normalized(x, norm, f"{block}_{part}_norm")
            if part == "a":
                x = layers.ReLU(name=f"{block}_a_activation")(x)
        x = layers.Add(name=block)([skip, x])
    for index in range(2):
        up, filters = f"up_{index}", width * 2 ** (1 - index)
        if antialias:
            x = AntialiasUpsample(name=f"{up}_double")(x)
            x = translator_parts.convolved(x, filters, 3, padding=1, name=up, **inner)
        else:
            x = translator_parts.upsampled(
                x, filters, how=upsampling, kernel_size=3, name=up, **inner
            )
        x = normalize_and_activate(x, up)
    x = translator_parts.convolved(
        x,
        image_shape[-1],
        7,
        padding=3,
        mode=padding,
        initializer=initializer,
        name="to_image",
    )
    outputs = translator_parts.image_end(x, images, residual)
    return keras.Model(images, outputs, name=name)


def feature_layers(network):
    """Names of the layers whose outputs CUT compares, patch by patch, from the input inwards.

    The padded input, both convolutions before a halving, and the blocks 0 and 4 (the last one, if
    there are fewer). They are CUT's layers 0, 4, 8, 12 and 16, which are numbers that mean other
    layers without antialiasing: hence names. `features(network)` is the network that ends in them.

    Args:
        network: a `generator` of this file.

    Returns:
        A list of five names (four, if there is but one block).

    Raises:
        ValueError: it is another network.
    """
    names = [layer.name for layer in network.layers]
    blocks = [n for n in names if n.startswith("block_") and n.count("_") == 1]
    found = ["from_image_pad", "down_0", "down_1"]
    if not blocks or not set(found) <= set(names):
        raise ValueError(
            "`network` must be a generator of networks/resnet_translator. "
            f"Received: {network.name}."
        )
    chosen = [f"block_{min(index, len(blocks) - 1)}" for index in _FEATURE_BLOCKS]
    return found + list(dict.fromkeys(chosen))


def features(network):
    """The part of a translator up to the features that CUT compares; it shares the weights.

    Args:
        network: a `generator` of this file.

    Returns:
        A `keras.Model`: what `network` takes, to a list of maps, one for each of `feature_layers`.
    """
    outputs = [network.get_layer(name).output for name in feature_layers(network)]
    return keras.Model(network.inputs[0], outputs, name=f"{network.name}_features")


def _padded(x, amount, mode, name):
    """Padded in a layer of its own, whatever the mode: the first features are of it."""
    if mode == "reflect":
        return translator_parts.ReflectionPadding(amount, name=name)(x)
    return layers.ZeroPadding2D(amount, name=name)(x)

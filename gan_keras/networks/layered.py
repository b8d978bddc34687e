"""Clips of layers that move: each is drawn once, and has a place in every frame.

Sources: Tulyakov, Liu, Yang, Kautz (2018), arXiv:1707.04993, section 3, the codes; Yang, Kannan,
Batra, Parikh (2017), arXiv:1703.01560, section 3, a background and foregrounds that a network
places.
"""

import math

import keras
from keras import layers

from gan_keras.layers import PlacePatches
from gan_keras.networks import mocogan, parts, video
from gan_keras.networks.video import discriminator

__all__ = ["KINDS", "discriminator", "generator"]

KINDS = video.KINDS
GROUNDS = ("color", "map")
DARK = -3.0  # the logit of a ground at first: nearly black


def generator(
    image_shape=(16, 28, 28, 3),
    *,
    content_dim=64,
    noise_dim=1,
    units=64,
    motion_dim=16,
    num_layers=2,
    side=None,
    widths=(128, 64),
    mapping=None,
    ground="color",
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of clips whose bodies keep their shape while they move.

    The content is decoded once for the whole clip, to square patches, one for each layer, by
    transposed convolutions with batch norm. The GRU's motion is a place for each patch in each
    frame, and `PlacePatches` draws it there, over a still background. Both are logits, which add up
    before the hyperbolic tangent. A decoder that runs once for a clip, and not for each of its
    frames, is cheap; what bends or turns is beyond it.

    Args:
        image_shape: (frames, height, width, channels). Defaults to (16, 28, 28, 3).
        content_dim: numbers of the content. Defaults to 64.
        noise_dim: numbers of noise of each frame. Defaults to 1: motion is smooth.
        units: of the GRU. Defaults to 64.
        motion_dim: numbers of the motion of a frame. Defaults to 16.
        num_layers: how many patches. Defaults to 2.
        side: of a patch in pixels, a multiple of 4. Defaults to half a frame's shorter side, or
            the next multiple.
        widths: channels of the decoders' two maps, smallest first. Defaults to (128, 64).
        mapping: units of a dense layer of the content before each decoder, or None (the default).
        ground: what the content says of the background: "color" (the default), one color, dark at
            first, or "map", a picture, by a decoder of its own. Where the background is even, a map
            learns to look like the bodies.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the content.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, content_dim + units + frames * noise_dim)`, and
        `labels (batch,)` if conditional, to float32 clips `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    frames, height, width, channels = video.check(image_shape)
    parts.check_units("num_layers", num_layers)
    parts.check_units("mapping", mapping)
    parts.check_choice("ground", ground, GROUNDS)
    widths = parts.check_widths(widths, 2, "the decoders' two maps, smallest first")
    side = _side(side, height, width)
    latents, labels, content, motion = mocogan.codes(
        frames,
        content_dim=content_dim,
        noise_dim=noise_dim,
        units=units,
        motion_dim=motion_dim,
        num_classes=num_classes,
        embedding_dim=embedding_dim,
    )
    num = num_layers * channels
    patches = _decoded(content, (side, side), num, widths, mapping, prefix="patch_")
    patches = layers.Reshape((side, side, num_layers, channels), name="patch_layers")(patches)
    patches = layers.Permute((3, 1, 2, 4), name="patches")(patches)
    places = layers.Dense(2 * num_layers, name="place_numbers")(motion)
    places = layers.Reshape((frames, num_layers, 2), name="places")(places)
    moving = PlacePatches((height, width), name="moving")([patches, places])
    if ground == "color":
        start = keras.initializers.Constant(DARK)
        still = layers.Dense(
            channels, kernel_initializer="zeros", bias_initializer=start, name="ground_color"
        )(content)
        still = layers.Reshape((1, 1, 1, channels), name="ground")(still)
    else:
        canvas = [-(-size // 4) * 4 for size in (height, width)]
        still = _decoded(content, canvas, channels, widths, mapping, prefix="ground_")
        cut = ((0, canvas[0] - height), (0, canvas[1] - width))
        still = layers.Cropping2D(cut, name="ground_cut")(still)
        still = layers.Reshape((1, height, width, channels), name="ground")(still)
    x = layers.Add(name="logits")([moving, still])
    clips = layers.Activation("tanh", dtype="float32", name="sample")(x)
    return keras.Model(parts.inputs_of(latents, labels), clips, name=name)


def _decoded(content, size, channels, widths, mapping, *, prefix):
    """Maps of what the content shows, doubled twice to that size."""
    x = content
    if mapping:
        x = layers.Dense(mapping, kernel_initializer="he_normal", name=f"{prefix}mapping")(x)
        x = parts.leaky_relu(f"{prefix}mapped")(x)
    shape = (size[0] // 4, size[1] // 4, widths[0])
    x = layers.Dense(math.prod(shape), kernel_initializer="he_normal", name=f"{prefix}base")(x)
    x = layers.Reshape(shape, name=f"{prefix}map")(x)
    return mocogan.doubled(x, (widths[1], channels), last="he_normal", prefix=prefix)


def _side(side, height, width):
    """The side of a patch, checked."""
    if side is None:
        return -(-min(height, width) // 8) * 4
    if side != int(side) or side < 4 or side % 4:
        raise ValueError(f"`side` of patches must be a multiple of 4. Received: {side}.")
    return int(side)

"""MoCoGAN's generator: codes of what a clip shows and of how it moves, and a decoder of frames.

Source: Tulyakov, Liu, Yang, Kautz (2018), arXiv:1707.04993, section 3.
"""

import itertools

import keras
from keras import layers

from gan_keras.layers import BatchNorm, FoldFrames, UnfoldFrames
from gan_keras.networks import parts, video
from gan_keras.networks.video import discriminator

__all__ = ["KINDS", "discriminator", "generator"]

KINDS = video.KINDS


def generator(
    image_shape=(16, 28, 28, 3),
    *,
    content_dim=64,
    noise_dim=4,
    units=64,
    motion_dim=16,
    widths=None,
    mapping=None,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of clips that keep their content while they move.

    The latents have three parts: the content, one for the whole clip; the first state of a GRU;
    and its noise, fresh for each frame. What the GRU gives, through a dense layer, is the motion of
    a frame. Content and motion together are decoded to that frame by 2-D transposed convolutions
    with batch norm, the same for all. In the paper the first state is noise, too, and the GRU's
    output itself the motion.

    Args:
        image_shape: (frames, height, width, channels). Defaults to (16, 28, 28, 3).
        content_dim: numbers of the content. Defaults to 64.
        noise_dim: numbers of noise of each frame. Defaults to 4.
        units: of the GRU. Defaults to 64.
        motion_dim: numbers of the motion of a frame. Defaults to 16.
        widths: channels before each doubling, smallest map first. Defaults to those of
            `video.generator`.
        mapping: units of a dense layer of content and motion before the first map, or None (the
            default).
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
    parts.check_units("mapping", mapping)
    doublings = parts.num_doublings((height, width, channels))
    if widths is None:
        widths = video.default_widths(doublings)[::-1]
    widths = parts.check_widths(widths, doublings, "one before each doubling, smallest map first")
    latents, labels, content, x = codes(
        frames,
        content_dim=content_dim,
        noise_dim=noise_dim,
        units=units,
        motion_dim=motion_dim,
        num_classes=num_classes,
        embedding_dim=embedding_dim,
    )
    content = layers.RepeatVector(frames, name="content")(content)
    x = layers.Concatenate(name="codes")([content, x])
    x = FoldFrames(name="fold")(x)  # (b * t, content + motion)
    if mapping:
        x = layers.Dense(mapping, kernel_initializer="he_normal", name="mapping")(x)
        x = parts.leaky_relu("mapped")(x)
    x = parts.base_map(x, (height >> doublings, width >> doublings, widths[0]), "he_normal")
    x = doubled(x, (*widths[1:], channels), last="glorot_uniform")
    x = UnfoldFrames(frames, name="unfold")(x)
    clips = layers.Activation("tanh", dtype="float32", name="sample")(x)
    return keras.Model(parts.inputs_of(latents, labels), clips, name=name)


def codes(frames, *, content_dim, noise_dim, units, motion_dim, num_classes, embedding_dim):
    """The codes of a clip, section 3.1: what it shows, and how it moves.

    Args:
        frames: of the clip.
        content_dim, noise_dim, units, motion_dim, num_classes, embedding_dim: of `generator`.

    Returns:
        (latents, labels, content, motion): the inputs `(batch, content_dim + units + frames *
        noise_dim)` and `(batch,)` or None, the content with the label's embedding, and the motion
        `(batch, frames, motion_dim)`.

    Raises:
        ValueError: a number is out of range.
    """
    sizes = {"content_dim": content_dim, "units": units, "noise_dim": noise_dim}
    for argument, size in {**sizes, "motion_dim": motion_dim}.items():
        parts.check_units(argument, size)
    lengths = (content_dim, units, frames * noise_dim)
    starts = [sum(lengths[:place]) for place in range(4)]
    latents, labels = parts.latent_inputs(sum(lengths), num_classes)
    content, state, noise = (latents[:, a:b] for a, b in itertools.pairwise(starts))
    content = parts.with_labels(content, labels, num_classes, embedding_dim)
    noise = layers.Reshape((frames, noise_dim), name="noise")(noise)
    x = layers.GRU(units, return_sequences=True, name="gru")(noise, initial_state=state)
    return latents, labels, content, layers.Dense(motion_dim, name="motion")(x)


def doubled(maps, filters, *, last, prefix=""):
    """Maps after batch norm, ReLU and a transposed convolution for each of `filters`.

    Args:
        maps: (batch, height, width, channels).
        filters: channels after each doubling.
        last: initializer of the last convolution, which alone has a bias.
        prefix: of the layers' names. Defaults to "".
    """
    x = maps
    for place, channels in enumerate(filters):
        x = BatchNorm(name=f"{prefix}norm_{place}")(x)
        x = layers.ReLU(name=f"{prefix}activation_{place}")(x)
        is_last = place == len(filters) - 1
        x = layers.Conv2DTranspose(
            channels,
            video.KERNEL,
            strides=2,
            padding="same",
            use_bias=is_last,
            kernel_initializer=last if is_last else "he_normal",
            name=f"{prefix}upsample_{place}",
        )(x)
    return x

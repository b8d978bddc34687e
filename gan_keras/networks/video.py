"""3-D convolutions for videos: both networks, and a discriminator of single frames."""

import math

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.networks import dcgan, parts

KINDS = ("videos",)
KERNEL = 4


def generator(
    image_shape=(16, 28, 28, 3),
    latent_dim=100,
    *,
    widths=None,
    mapping=None,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """A generator of clips that doubles time and space together.

    A dense layer makes a short, small clip; transposed 3-D convolutions of kernel 4 and stride 2,
    with batch norm and ReLU, double its sides until they are large enough, and its frames where
    that is possible. It is the foreground stream of Vondrick, Pirsiavash, Torralba (2016),
    arXiv:1609.02612, section 2.2; theirs has a second stream for a still background.

    Args:
        image_shape: (frames, height, width, channels). Defaults to (16, 28, 28, 3).
        latent_dim: length of the latents. Defaults to 100.
        widths: channels before each doubling, smallest clip first. Defaults to 32 at the largest,
            doubled toward the smallest, up to 256.
        mapping: units of a dense layer before the first clip, or None (the default).
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 clips `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    frames, height, width, channels = check(image_shape)
    doublings = parts.num_doublings((height, width, channels))
    if widths is None:
        widths = default_widths(doublings)[::-1]
    widths = parts.check_widths(widths, doublings, "one before each doubling, smallest clip first")
    parts.check_units("mapping", mapping)
    strides = _strides(frames, doublings)[::-1]
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    x = parts.with_labels(latents, labels, num_classes, embedding_dim)
    if mapping:
        x = layers.Dense(mapping, kernel_initializer="he_normal", name="mapping")(x)
        x = parts.leaky_relu("mapped")(x)
    base = (frames // math.prod(strides), height >> doublings, width >> doublings, widths[0])
    x = parts.base_map(x, base, "he_normal")  # (b, t / 4, 7, 7, widths[0])
    for place, stride in enumerate(strides):
        x = BatchNorm(name=f"norm_{place}")(x)
        x = layers.ReLU(name=f"activation_{place}")(x)
        is_last = place == doublings - 1
        x = layers.Conv3DTranspose(
            channels if is_last else widths[place + 1],
            (KERNEL if stride == 2 else 3, KERNEL, KERNEL),
            strides=(stride, 2, 2),
            padding="same",
            use_bias=is_last,
            kernel_initializer="glorot_uniform" if is_last else "he_normal",
            name=f"upsample_{place}",
        )(x)
    clips = layers.Activation("tanh", dtype="float32", name="sample")(x)
    return keras.Model(parts.inputs_of(latents, labels), clips, name=name)


def discriminator(
    image_shape=(16, 28, 28, 3),
    *,
    widths=None,
    hidden=None,
    num_classes=None,
    conditioning="projection",
    name="discriminator",
) -> keras.Model:
    """A discriminator of clips: 3-D convolutions of kernel 4 that halve time and space, leaky ReLU.

    Vondrick et al. (2016), arXiv:1609.02612, section 2.3, without their batch norm: every penalty
    on gradients needs a score that each clip has on its own.

    Args:
        image_shape: (frames, height, width, channels). Defaults to (16, 28, 28, 3).
        widths: channels after each halving, largest clip first. Defaults to 32, doubled with each,
            up to 256.
        hidden: units of a dense layer before the logit, or None (the default).
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) or "concatenation", as for `mlp`.
        name: name of the model.

    Returns:
        A built `keras.Model`: clips `(batch, *image_shape)`, and `labels (batch,)` if conditional,
        to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    frames, *size, channels = check(image_shape)
    if widths is None:
        widths = default_widths(parts.num_doublings((*size, channels)))
    widths = parts.check_widths(widths, None, "one for each halving, largest clip first")
    parts.check_units("hidden", hidden)
    labels = parts.discriminator_labels(num_classes, False, conditioning)
    clips = keras.Input(tuple(image_shape), name="sample")
    x = parts.with_label_map(clips, labels, num_classes, conditioning)
    for place, (filters, stride) in enumerate(
        zip(widths, _strides(frames, len(widths)), strict=True)
    ):
        x = layers.Conv3D(
            filters,
            (KERNEL if stride == 2 else 3, KERNEL, KERNEL),
            strides=(stride, 2, 2),
            padding="same",
            kernel_initializer="he_normal",
            name=f"downsample_{place}",
        )(x)
        x = parts.leaky_relu(f"activation_{place}")(x)
    x = layers.Flatten(name="flat" if hidden else "features")(x)
    if hidden:
        x = layers.Dense(hidden, kernel_initializer="he_normal", name="hidden")(x)
        x = parts.leaky_relu("features")(x)
    logits = parts.scores(x, labels, num_classes, conditioning, initializer="glorot_uniform")
    return keras.Model(parts.inputs_of(clips, labels), logits, name=name)


def frame_discriminator(discriminator, *, num_classes=None, name="frame_discriminator"):
    """A discriminator of single frames, as wide as one of clips: for `models.MoCoGAN`.

    Args:
        discriminator: of clips, a built `keras.Model` of `discriminator`.
        num_classes: as of that.
        name: name of the model.

    Returns:
        A built `keras.Model`: images `(batch, height, width, channels)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, 1)`; see `networks.dcgan.discriminator`.
    """
    convolutions = [one for one in discriminator.layers if isinstance(one, layers.Conv3D)]
    hidden = [one.units for one in discriminator.layers if one.name == "hidden"]
    return dcgan.discriminator(
        discriminator.inputs[0].shape[2:],
        widths=[one.filters for one in convolutions],
        hidden=hidden[0] if hidden else None,
        num_classes=num_classes,
        name=name,
    )


def check(image_shape):
    """The shape of clips.

    Raises:
        ValueError: it has not four sides.
    """
    image_shape = tuple(image_shape)
    if len(image_shape) != 4 or min(image_shape) < 1:
        raise ValueError(
            "`image_shape` of clips is (frames, height, width, channels). Received: "
            f"{image_shape}. Take another network for images."
        )
    return image_shape


def default_widths(num):
    """So many widths, from 32 at the largest clip up to 256."""
    return tuple(min(256, 32 << place) for place in range(num))


def _strides(frames, num):
    """Strides in time of `num` halvings: 2 as long as the frames are even and more than two."""
    found = []
    for _ in range(num):
        found.append(2 if frames % 2 == 0 and frames > 2 else 1)
        frames //= found[-1]
    return found

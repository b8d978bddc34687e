"""Residual networks: SNGAN's and the projection discriminator's, 28 to 128 pixels."""

import keras
from keras import layers, ops

from gan_keras.layers import BatchNorm, ResidualDown, ResidualUp, SelfAttention
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts


def generator(
    image_shape=(32, 32, 3),
    latent_dim=128,
    *,
    widths=None,
    num_classes=None,
    attention_at=None,
    spectral_norm=False,
    initializer="glorot_uniform",
    name="generator",
) -> keras.Model:
    """A generator of residual blocks that double the map, with batch norm.

    With classes, every batch norm in the blocks is conditional. (Miyato et al., 2018, arXiv
    1802.05957, tables 4 and 5; Miyato and Koyama, 2018, arXiv 1802.05637.)

    For a GPU, and the papers' networks: `widths=(256, 256, 256, 256)` at 32 pixels and
    `(1024, 512, 256, 128, 64)` at 64, one more 1024 at 128.

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2 (28, 32, 64, 128 and others). Defaults to (32, 32, 3).
        latent_dim: length of the latent vector. Defaults to 128.
        widths: channels at each size, smallest first: 3 for 28 pixels (7, 14, 28), 4 for 32, 5 for
            64, 6 for 128. Defaults to 64 for each, which a CPU can train.
        num_classes: number of classes, or None for an unconditional generator (the default).
        attention_at: height of the map after which self-attention comes, or None (the default).
        spectral_norm: whether every kernel is spectrally normalised, as in SAGAN. Defaults to
            False.
        initializer: of the kernels. Defaults to "glorot_uniform".
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 images `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    height, width, channels = image_shape
    widths = parts.check_widths(
        (64,) * (doublings + 1) if widths is None else widths,
        doublings + 1,
        f"one for each size up to {height}x{width}, smallest first",
    )
    check_attention(attention_at, parts.map_heights(image_shape))
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    base = (height >> doublings, width >> doublings, widths[0])
    x = parts.base_map(latents, base, initializer, spectral_norm)
    for filters in widths[1:]:
        block = ResidualUp(
            filters,
            num_classes=num_classes,
            spectral_norm=spectral_norm,
            kernel_initializer=parts.fresh(initializer),
            name=f"block_{2 * x.shape[1]}",
        )
        x = block(x if labels is None else [x, labels])
        x = _attend_at(x, attention_at, spectral_norm, initializer)
    images = to_images(x, channels, initializer, spectral_norm)
    return keras.Model(parts.inputs_of(latents, labels), images, name=name)


def discriminator(
    image_shape=(32, 32, 3),
    *,
    widths=None,
    num_last_blocks=1,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    attention_at=None,
    spectral_norm=True,
    initializer="glorot_uniform",
    name="discriminator",
) -> keras.Model:
    """A discriminator of residual blocks that halve the map, spectrally normalised, without norm.

    Its features are summed over the last map. (Miyato et al., 2018, arXiv 1802.05957, tables 4 and
    5; Miyato and Koyama, 2018, arXiv 1802.05637.)

    For a GPU, and the papers' networks: `widths=(128, 128), num_last_blocks=2` at 32 pixels and
    `widths=(64, 128, 256, 512)` at 64, one more 1024 at 128.

    Args:
        image_shape: `(height, width, channels)`, as for the generator. Defaults to (32, 32, 3).
        widths: channels after each halving, largest size first. Defaults to 64 for each halving
            down to the generator's smallest map.
        num_last_blocks: blocks after them that keep the size. Defaults to 1.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) adds the inner product of the label's embedding
            and the features; "concatenation" appends one channel per class to the image.
        auxiliary: whether it guesses the class, from images alone, instead of being told (AC-GAN).
            Its outputs are then `[logits, class_logits]`. Defaults to False.
        attention_at: height of the map after which self-attention comes, or None (the default).
        spectral_norm: whether every kernel is spectrally normalised. Defaults to True.
        initializer: of the kernels. Defaults to "glorot_uniform".
        name: name of the model.

    Returns:
        A built `keras.Model`: images, and `labels (batch,)` if conditional, to raw float32 logits
        `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    widths = (64,) * doublings if widths is None else widths
    widths = parts.check_widths(widths, None, "one for each halving")
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    images = keras.Input(tuple(image_shape), name="images")
    x = parts.with_label_map(images, labels, num_classes, conditioning)
    heights = []
    for index, filters in enumerate(widths + widths[-1:] * num_last_blocks):
        x = ResidualDown(
            filters,
            downsample=index < len(widths),
            activate_first=index > 0,
            spectral_norm=spectral_norm,
            kernel_initializer=parts.fresh(initializer),
            name=f"block_{index}",
        )(x)
        if x.shape[1] not in heights:
            heights.append(x.shape[1])
            x = _attend_at(x, attention_at, spectral_norm, initializer)
    check_attention(attention_at, heights)
    x = layers.ReLU(dtype="float32", name="last_activation")(x)
    features = layers.Identity(name="features")(ops.sum(x, axis=(1, 2)))  # (batch, widths[-1])
    outputs = parts.scores(
        features,
        labels,
        num_classes,
        conditioning,
        auxiliary=auxiliary,
        initializer=initializer,
        spectral_norm=spectral_norm,
    )
    return keras.Model(parts.inputs_of(images, labels), outputs, name=name)


def to_images(x, channels, initializer, spectral_norm):
    """The end of a residual generator: batch norm, ReLU, a 3x3 convolution and tanh."""
    x = BatchNorm(name="last_norm")(x)
    x = layers.ReLU(name="last_activation")(x)
    convolution = layers.Conv2D(
        channels,
        3,
        padding="same",
        kernel_initializer=parts.fresh(initializer),
        name="to_image",
    )
    x = spectral_norm_if(spectral_norm, convolution)(x)
    return layers.Activation("tanh", dtype="float32", name="images")(x)


def _attend_at(x, attention_at, spectral_norm, initializer):
    if x.shape[1] != attention_at:
        return x
    return SelfAttention(
        spectral_norm=spectral_norm,
        kernel_initializer=parts.fresh(initializer),
        name="attention",
    )(x)


def check_attention(attention_at, heights):
    """Raises a ValueError unless a map has the height after which attention is to come."""
    if attention_at is not None and attention_at not in heights:
        raise ValueError(
            f"`attention_at` must be None or the height of a map, one of {sorted(heights)}. "
            f"Received: {attention_at}."
        )

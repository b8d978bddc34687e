"""R3GAN: plain residual networks of grouped inverted bottlenecks, without any normalisation."""

import math

import keras
from keras import layers

from gan_keras.layers import BlurDownsample, BlurUpsample, GroupedConv2D, LearnedBasis
from gan_keras.networks import parts

GAIN = math.sqrt(2 / (1 + parts.SLOPE**2))  # keeps the variance through a leaky ReLU


def generator(
    image_shape=(32, 32, 3),
    latent_dim=64,
    *,
    widths=None,
    num_blocks=2,
    expansion=2,
    group_size=16,
    num_classes=None,
    embedding_dim=64,
    name="generator",
) -> keras.Model:
    """R3GAN's generator, for the relativistic paired loss with R1 and R2.

    Learned maps weighted by the latents, then at each size `num_blocks` residual blocks (1x1, 3x3
    in groups, 1x1) with leaky ReLU of slope 0.2, bilinear doubling between sizes, and a 1x1
    convolution to the image. No normalisation and no tanh: fix-up initialisation (a block's last
    kernel starts at zero, the others are scaled by (number of blocks)^(-1/4)) takes the place of
    the one, the data of the other. (Huang et al., 2024, arXiv 2501.05441, sections 3 and 4.)

    For a GPU, and the paper's networks: `widths=(768, 768, 768, 768)` at 32 pixels.

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2 (28, 32, 64, 128 and others). Defaults to (32, 32, 3).
        latent_dim: length of the latent vector. Defaults to 64.
        widths: channels at each size, smallest first. Defaults to 32 at full size, doubling below
            it up to 128, which a CPU can train.
        num_blocks: residual blocks at each size. Defaults to 2.
        expansion: how much wider a block is inside. Defaults to 2.
        group_size: channels in a group of the 3x3 convolutions; it divides every width times the
            expansion. Defaults to 16.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 images `(batch, *image_shape)`. They learn to lie in [-1, 1] but nothing bounds
        them; a model's `sample` clips.

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    height, width, channels = image_shape
    widths = _check_widths(widths, doublings + 1, "smallest first", expansion, group_size)
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    # In the authors' code a dense layer reads one-hot labels: its fan-in is their number.
    stddev = None if labels is None else num_classes**-0.5
    x = parts.with_labels(latents, labels, num_classes, embedding_dim, stddev=stddev)
    x = layers.Dense(widths[0], use_bias=False, kernel_initializer=_scaled(1.0), name="weights")(x)
    x = LearnedBasis((height >> doublings, width >> doublings), name="basis")(x)
    damping = (num_blocks * len(widths)) ** -0.25
    for stage, filters in enumerate(widths):
        if stage > 0:
            x = _convert(x, filters, f"convert_{stage}")
            x = BlurUpsample(name=f"upsample_{stage}")(x)
        for index in range(num_blocks):
            x = _block(x, expansion, group_size, damping, f"block_{stage}_{index}")
    images = layers.Conv2D(
        channels,
        1,
        use_bias=False,
        kernel_initializer=_scaled(1.0),
        dtype="float32",
        name="images",
    )(x)
    return keras.Model(parts.inputs_of(latents, labels), images, name=name)


def discriminator(
    image_shape=(32, 32, 3),
    *,
    widths=None,
    num_blocks=2,
    expansion=2,
    group_size=16,
    num_classes=None,
    embedding_dim=64,
    name="discriminator",
) -> keras.Model:
    """R3GAN's discriminator: the generator's mirror image.

    It ends with a depthwise convolution over the whole last map. With classes, the score is the
    inner product of its features and the label's embedding. (Huang et al., 2024, arXiv 2501.05441,
    sections 3 and 4.)

    Args:
        image_shape: `(height, width, channels)`. Defaults to (32, 32, 3).
        widths: channels at each size, largest size first: one more than there are halvings.
            Defaults to 32 at full size, doubling below it up to 128.
        num_blocks, expansion, group_size: as of the generator.
        num_classes: number of classes, or None for an unconditional one (the default).
        embedding_dim: length of features and label embedding, if there are classes.
        name: name of the model.

    Returns:
        A built `keras.Model`: images, and `labels (batch,)` if conditional, to raw float32 logits
        `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    widths = _check_widths(widths, doublings + 1, "largest first", expansion, group_size)
    parts.check_num_classes(num_classes)
    images = keras.Input(tuple(image_shape), name="images")
    labels = parts.label_input(num_classes)
    x = _convert(images, widths[0], "from_image")
    damping = (num_blocks * len(widths)) ** -0.25
    for stage, filters in enumerate(widths):
        if stage > 0:
            x = BlurDownsample(name=f"downsample_{stage}")(x)
            x = _convert(x, filters, f"convert_{stage}")
        for index in range(num_blocks):
            x = _block(x, expansion, group_size, damping, f"block_{stage}_{index}")
    base = tuple(x.shape[1:3])
    x = layers.DepthwiseConv2D(
        base,
        use_bias=False,
        # Each output has as many inputs as the map has pixels, whatever the number of channels.
        depthwise_initializer=keras.initializers.RandomNormal(stddev=math.prod(base) ** -0.5),
        name="basis",
    )(x)
    x = layers.Flatten(name="features")(x)
    score = layers.Dense(
        1 if labels is None else embedding_dim,
        use_bias=False,
        kernel_initializer=_scaled(1.0),
        dtype="float32",
        name="logits" if labels is None else "label_features",
    )
    logits = score(x)
    if labels is not None:
        embedded = layers.Embedding(
            num_classes,
            embedding_dim,
            # The same, and the inner product is divided by the root of its length.
            embeddings_initializer=keras.initializers.RandomNormal(
                stddev=(num_classes * embedding_dim) ** -0.5
            ),
            dtype="float32",
            name="label_projection",
        )(labels)
        logits = layers.Dot(axes=1, dtype="float32", name="logits")([logits, embedded])
    return keras.Model(parts.inputs_of(images, labels), logits, name=name)


def _block(x, expansion, group_size, damping, name):
    """`x + 1x1(act(3x3 in groups(act(1x1(x)))))`, which starts as the identity."""
    filters = x.shape[-1]
    inside = filters * expansion
    y = layers.Conv2D(inside, 1, kernel_initializer=_scaled(GAIN * damping), name=f"{name}_expand")(
        x
    )
    y = parts.leaky_relu(f"{name}_activation_0")(y)
    y = GroupedConv2D(
        inside,
        3,
        groups=inside // group_size,
        kernel_initializer=_scaled(GAIN * damping),
        name=f"{name}_grouped",
    )(y)
    y = parts.leaky_relu(f"{name}_activation_1")(y)
    y = layers.Conv2D(
        filters, 1, use_bias=False, kernel_initializer="zeros", name=f"{name}_project"
    )(y)
    return layers.Add(name=f"{name}_add")([x, y])


def _convert(x, filters, name):
    """A 1x1 convolution, where the number of channels changes."""
    if x.shape[-1] == filters:
        return x
    return layers.Conv2D(filters, 1, use_bias=False, kernel_initializer=_scaled(1.0), name=name)(x)


def _scaled(gain):
    """Normal kernels of variance gain^2 / fan-in."""
    return keras.initializers.VarianceScaling(gain**2, "fan_in", "untruncated_normal")


def _check_widths(widths, count, order, expansion, group_size):
    if widths is None:
        widths = [min(128, 32 * 2**i) for i in range(count)]
        widths = widths if order == "largest first" else widths[::-1]
    widths = parts.check_widths(widths, count, f"one for each size, {order}")
    for width in widths:
        if width * expansion % group_size:
            raise ValueError(
                f"`group_size` (={group_size}) must divide each width times `expansion`. "
                f"Received: {width} x {expansion} = {width * expansion}."
            )
    return widths

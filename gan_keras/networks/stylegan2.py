"""StyleGAN2: latents mapped to w, which styles every convolution of the synthesis."""

import itertools
import math

import keras
from keras import layers, ops

from gan_keras.layers import (
    AddNoise,
    BlurDownsample,
    BlurUpsample,
    EqualizedConv2D,
    EqualizedDense,
    LearnedConstant,
    MinibatchStddev,
    MixStyles,
    ModulatedConv2D,
    OtherLatents,
    PixelNorm,
    TruncateStyles,
)
from gan_keras.layers.styles import styles_and_synthesis, truncated
from gan_keras.networks import parts

__all__ = ["discriminator", "generator", "styles_and_synthesis", "truncated"]

GAIN = math.sqrt(2.0)  # of kernels before a leaky ReLU


def generator(
    image_shape=(32, 32, 3),
    latent_dim=64,
    *,
    widths=None,
    w_dim=None,
    num_mapping_layers=4,
    mapping_learning_rate=0.01,
    mixing_probability=0.9,
    num_classes=None,
    seed=0,
    name="generator",
) -> keras.Model:
    """StyleGAN2's generator with the skip architecture.

    Its parts can be reached as `generator.get_layer(...)`: "mapping" (latents to w), "mix" and
    "truncate" (w to one w for each style), "synthesis" (styles to images); `styles_and_synthesis`
    gives the two halves that the path-length penalty needs, `truncated` a copy that truncates in w.
    (Karras et al., 2020, arXiv 1912.04958, sections 2 and 4.)

    For a GPU: `latent_dim=512, widths=(512, 512, 512, 512)` at 32 pixels, with
    `num_mapping_layers=2` as for CIFAR-10 in StyleGAN2-ADA (2020, arXiv 2006.06676), and 8 mapping
    layers and `widths=(512, 512, 512, 512, 256)` at 64.

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2 (28, 32, 64, 128 and others). Defaults to (32, 32, 3).
        latent_dim: length of the latent vector. Defaults to 64.
        widths: channels at each size, smallest first. Defaults to 32 at full size, doubling below
            it up to 128, which a CPU can train.
        w_dim: length of w. Defaults to `latent_dim`.
        num_mapping_layers: dense layers of the mapping. Defaults to 4.
        mapping_learning_rate: how much slower than the rest the mapping learns. Defaults to 0.01.
        mixing_probability: share of the images whose later styles come from another latent in
            training; 0 leaves mixing out. Defaults to 0.9.
        num_classes: number of classes, or None for an unconditional generator (the default).
        seed: seed of noise and mixing. Defaults to 0.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 images `(batch, *image_shape)`. They learn to lie in [-1, 1] but nothing bounds
        them; a model's `sample` clips.

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    if not 0 <= mixing_probability <= 1:
        raise ValueError(f"`mixing_probability` must be in [0, 1]. Received: {mixing_probability}.")
    widths = _check_widths(widths, doublings + 1, "smallest first")
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    w_dim = w_dim or latent_dim
    mapping = _mapping(latent_dim, w_dim, num_mapping_layers, mapping_learning_rate, num_classes)
    synthesis = _synthesis(image_shape, w_dim, widths, seed)
    w = mapping(parts.inputs_of(latents, labels))
    other = w
    if mixing_probability > 0:
        other_latents = OtherLatents(seed=seed + 1, name="other_latents")(latents)
        other = mapping(parts.inputs_of(other_latents, labels))
    num_styles = synthesis.input_shape[1]
    mix = MixStyles(num_styles, probability=mixing_probability, seed=seed + 2, name="mix")
    styles = TruncateStyles(name="truncate")(mix([w, other]))
    return keras.Model(parts.inputs_of(latents, labels), synthesis(styles), name=name)


def discriminator(
    image_shape=(32, 32, 3),
    *,
    widths=None,
    group_size=4,
    num_classes=None,
    embedding_dim=64,
    name="discriminator",
) -> keras.Model:
    """StyleGAN2's residual discriminator, which ends with the minibatch standard deviation.

    With classes, the score is the inner product of its features and the label's embedding.
    (Karras et al., 2020, arXiv 1912.04958, section 4.)

    Args:
        image_shape: `(height, width, channels)`. Defaults to (32, 32, 3).
        widths: channels at each size, largest size first: one more than there are halvings.
            Defaults to 32 at full size, doubling below it up to 128.
        group_size: images in a group of the minibatch standard deviation, or None to leave it out,
            so that each score is the image's own. Defaults to 4.
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
    widths = _check_widths(widths, doublings + 1, "largest first")
    if group_size is not None and group_size < 2:
        raise ValueError(f"`group_size` must be None or at least 2. Received: {group_size}.")
    parts.check_num_classes(num_classes)
    images = keras.Input(tuple(image_shape), name="images")
    labels = parts.label_input(num_classes)

    def convolve(x, filters, kernel_size, name, gain=GAIN):
        x = EqualizedConv2D(filters, kernel_size, gain=gain, name=name)(x)
        return parts.leaky_relu(f"{name}_activation")(x)

    x = convolve(images, widths[0], 1, "from_image")
    for before, after in itertools.pairwise(widths):
        size = x.shape[1]
        y = convolve(x, before, 3, f"conv_{size}_0")
        y = BlurDownsample(name=f"downsample_{size}")(y)
        # Both halves times sqrt(1/2), so that their sum keeps the variance.
        half = math.sqrt(0.5)
        y = convolve(y, after, 3, f"conv_{size}_1", gain=GAIN * half)
        x = BlurDownsample(name=f"skip_downsample_{size}")(x)
        x = EqualizedConv2D(after, 1, gain=half, use_bias=False, name=f"skip_{size}")(x)
        x = layers.Add(name=f"add_{size}")([y, x])
    if group_size is not None:
        x = MinibatchStddev(group_size, name="minibatch_stddev")(x)
    x = convolve(x, widths[-1], 3, "last_conv")
    x = layers.Flatten(name="flatten")(x)
    x = EqualizedDense(widths[-1], gain=GAIN, name="last_dense")(x)
    x = parts.leaky_relu("features")(x)
    if labels is None:
        logits = EqualizedDense(1, dtype="float32", name="logits")(x)
    else:
        features = EqualizedDense(embedding_dim, dtype="float32", name="label_features")(x)
        embedded = _embedded(labels, num_classes, embedding_dim)
        inner = layers.Dot(axes=1, dtype="float32", name="label_score")([features, embedded])
        logits = layers.Rescaling(embedding_dim**-0.5, dtype="float32", name="logits")(inner)
    return keras.Model(parts.inputs_of(images, labels), logits, name=name)


def _mapping(latent_dim, w_dim, num_layers, learning_rate, num_classes):
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    x = PixelNorm(name="normalize")(latents)
    if labels is not None:
        embedded = PixelNorm(name="normalize_label")(_embedded(labels, num_classes, latent_dim))
        x = layers.Concatenate(name="latents_and_label")([x, embedded])
    for index in range(num_layers):
        x = EqualizedDense(
            w_dim, gain=GAIN, learning_rate_scale=learning_rate, name=f"mapping_{index}"
        )(x)
        x = parts.leaky_relu(f"mapping_activation_{index}")(x)
    return keras.Model(parts.inputs_of(latents, labels), x, name="mapping")


def _synthesis(image_shape, w_dim, widths, seed):
    """Styles `(batch, num_styles, w_dim)` to images; two styles for each size."""
    height, width, channels = image_shape
    factor = 2 ** (len(widths) - 1)
    styles = keras.Input((2 * len(widths), w_dim), name="styles")
    w = ops.unstack(styles, 2 * len(widths), axis=1)
    x = LearnedConstant((height // factor, width // factor, widths[0]), name="constant")(w[0])
    images = None
    for stage, filters in enumerate(widths):
        first = 2 * stage - 1  # this style makes the colours of the size before, too
        if stage > 0:
            x = _styled(x, w[first], filters, True, seed + 10 * stage, f"conv_{stage}_0")
        x = _styled(x, w[first + 1], filters, False, seed + 10 * stage + 1, f"conv_{stage}_1")
        colours = ModulatedConv2D(channels, 1, demodulate=False, name=f"to_image_{stage}")
        colours = layers.Activation("linear", dtype="float32", name=f"image_{stage}")(
            colours([x, w[first + 2]])
        )
        if images is not None:
            images = BlurUpsample(dtype="float32", name=f"skip_{stage}")(images)
            colours = layers.Add(dtype="float32", name=f"add_{stage}")([images, colours])
        images = colours
    return keras.Model(styles, images, name="synthesis")


def _styled(x, w, filters, upsample, seed, name):
    """Modulated 3x3 convolution, noise, bias, leaky ReLU."""
    x = ModulatedConv2D(filters, 3, gain=GAIN, upsample=upsample, name=name)([x, w])
    x = AddNoise(seed=seed + 100, name=f"{name}_noise")(x)
    return parts.leaky_relu(f"{name}_activation")(x)


def _embedded(labels, num_classes, dim):
    return layers.Embedding(
        num_classes,
        dim,
        embeddings_initializer=keras.initializers.RandomNormal(stddev=1.0),
        name="label_embedding",
    )(labels)


def _check_widths(widths, count, order):
    if widths is None:
        widths = [min(128, 32 * 2**i) for i in range(count)]
        widths = widths if order == "largest first" else widths[::-1]
    return parts.check_widths(widths, count, f"one for each size, {order}")

"""Strided convolutions: the deep convolutional GAN of Radford et al., in sizes a CPU can train."""

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.layers.doubling_conv import DoublingConv2D
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts

# Kinds of samples that these networks learn in bfloat16 as well as in float32, in less time.
BFLOAT16 = ("images",)
UPSAMPLINGS = ("transpose", "resize")
GENERATOR_NORMALIZATIONS = ("batch", None)
DISCRIMINATOR_NORMALIZATIONS = ("batch", "spectral", None)


def generator(
    image_shape=(28, 28, 1),
    latent_dim=64,
    *,
    widths=None,
    kernel_size=4,
    upsampling="transpose",
    normalization="batch",
    mapping=None,
    num_classes=None,
    embedding_dim=32,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A generator that doubles a map of 4 to 7 pixels until it has the size of the image.

    Dense to (base, base, widths[0]), then for each further width: upsample by 2, normalise, ReLU;
    last to the image's channels, and tanh. (Radford, Metz and Chintala, 2016, arXiv 1511.06434,
    section 3.)

    For a GPU take the paper's networks: `latent_dim=100`, `upsampling="transpose"` and
    `widths=(1024, 512, 256, 128)` at 64 pixels, one width less at 32, one more at 128.

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2 (28, 32, 64, 128 and others). Defaults to (28, 28, 1).
        latent_dim: length of the latent vector. Defaults to 64.
        widths: channels at each size, smallest first. With one for every size (3 for 28 pixels: 7,
            14 and 28; 4 for 32, 5 for 64, 6 for 128) a 3x3 convolution at full size makes the
            image; with one less the last upsampling makes it, as in the paper, which costs a CPU
            half as much. Defaults to 32 at full size, doubling below it up to 256.
        kernel_size: kernel size; even for "transpose", where a stride of 2 that does not divide it
            paints checkerboards (Odena et al., 2016). Defaults to 4.
        upsampling: "transpose" (the default), or "resize": nearest neighbour, then a convolution.
        normalization: "batch" (the default) or None.
        mapping: units of a dense layer that reads the latents (and the label) before the smallest
            map is made of them, a first step from a ball of noise to kinds of things; the paper has
            none, and None is the default.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        initializer: of the kernels. Defaults to the paper's normal with deviation 0.02 under batch
            norm, which undoes its scale, and to "he_normal" without.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 images `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    height, width, channels = image_shape
    if widths is None:
        widths = tuple(min(256, 32 * 2**i) for i in reversed(range(doublings + 1)))
    what = f"one for each size up to {height}x{width}, smallest first (or one less)"
    paper = len(parts.check_widths(widths, None, what)) == doublings
    widths = parts.check_widths(widths, doublings if paper else doublings + 1, what)
    parts.check_choice("upsampling", upsampling, UPSAMPLINGS)
    parts.check_choice("normalization", normalization, GENERATOR_NORMALIZATIONS)
    parts.check_units("mapping", mapping)
    if upsampling == "transpose" and kernel_size % 2:
        raise ValueError(
            f"`kernel_size` must be even with upsampling='transpose', or its stride of 2 paints "
            f"checkerboards. Received: {kernel_size}. Take 4, or upsampling='resize'."
        )
    initializer = _initializer(initializer, normalization)
    use_bias = normalization is None

    def upsample(x, filters, use_bias):
        size = 2 * x.shape[1]
        arguments = {
            "padding": "same",
            "use_bias": use_bias,
            "kernel_initializer": parts.fresh(initializer),
        }
        if upsampling == "transpose":
            return layers.Conv2DTranspose(
                filters, kernel_size, strides=2, name=f"upsample_{size}", **arguments
            )(x)
        if kernel_size == 3:
            del arguments["padding"]
            return DoublingConv2D(filters, name=f"upsample_{size}", **arguments)(x)
        x = layers.UpSampling2D(2, interpolation="nearest", name=f"resize_{size}")(x)
        return layers.Conv2D(filters, kernel_size, name=f"upsample_{size}", **arguments)(x)

    def normalize_and_activate(x):
        if normalization == "batch":
            x = BatchNorm(name=f"norm_{x.shape[1]}")(x)
        return layers.ReLU(name=f"activation_{x.shape[1]}")(x)

    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    x = parts.with_labels(latents, labels, num_classes, embedding_dim)
    if mapping:
        x = layers.Dense(mapping, kernel_initializer="he_normal", name="mapping")(x)
        x = parts.leaky_relu("mapped")(x)
    base = (height >> doublings, width >> doublings, widths[0])
    x = layers.Dense(
        base[0] * base[1] * base[2],
        use_bias=use_bias,
        kernel_initializer=parts.fresh(initializer),
        name="base",
    )(x)
    x = layers.Reshape(base, name="base_map")(x)  # (batch, 4..7, 4..7, widths[0])
    x = normalize_and_activate(x)
    for filters in widths[1:]:
        x = upsample(x, filters, use_bias)
        x = normalize_and_activate(x)
    if paper:
        x = upsample(x, channels, use_bias=True)
    else:
        x = layers.Conv2D(
            channels,
            3,
            padding="same",
            kernel_initializer=parts.fresh(initializer),
            name="to_image",
        )(x)
    images = layers.Activation("tanh", dtype="float32", name="images")(x)
    return keras.Model(parts.inputs_of(latents, labels), images, name=name)


def discriminator(
    image_shape=(28, 28, 1),
    *,
    widths=None,
    kernel_size=4,
    normalization=None,
    hidden=None,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    initializer=None,
    name="discriminator",
) -> keras.Model:
    """A discriminator that halves the image with strided convolutions and leaky ReLU (slope 0.2).

    The paper normalises by batch statistics; here that is off unless asked for, since every
    gradient penalty (WGAN-GP, DRAGAN, R1, R2) needs a score that each image has on its own.

    For a GPU, and the paper's networks, take `widths=(64, 128, 256, 512)`.

    Args:
        image_shape: `(height, width, channels)`, as for the generator. Defaults to (28, 28, 1).
        widths: channels after each halving, largest size first; as many as you like. Defaults to
            32, 64, ... up to 256, until the map is 4x4 or smaller.
        kernel_size: kernel size of the strided convolutions. Defaults to 4.
        normalization: "batch" (not before the first activation, as in the paper), "spectral"
            (SNGAN: every kernel divided by its spectral norm), or None (the default).
        hidden: units of a dense layer between the last map and the logit, which is then named
            "features"; None (the default) for none, as in the paper.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) adds the inner product of the label's embedding
            and the last features; "concatenation" gives the first convolution one channel per
            class.
        auxiliary: whether it guesses the class, from images alone, instead of being told (AC-GAN).
            Its outputs are then `[logits, class_logits]`. Defaults to False.
        initializer: of the kernels. Defaults to the paper's normal with deviation 0.02 under batch
            norm, and to "he_normal" without.
        name: name of the model.

    Returns:
        A built `keras.Model`: images, and `labels (batch,)` if conditional, to raw float32 logits
        `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    doublings = parts.num_doublings(image_shape)
    if widths is None:
        num_halvings = doublings + (min(image_shape[:2]) >> doublings > 4)
        widths = tuple(min(256, 32 * 2**i) for i in range(num_halvings))
    widths = parts.check_widths(widths, None, "one for each halving")
    parts.check_choice("normalization", normalization, DISCRIMINATOR_NORMALIZATIONS)
    parts.check_units("hidden", hidden)
    initializer = _initializer(initializer, normalization)

    images = keras.Input(tuple(image_shape), name="images")
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    x = parts.with_label_map(images, labels, num_classes, conditioning)
    for index, filters in enumerate(widths):
        normalized = normalization == "batch" and index > 0
        convolution = layers.Conv2D(
            filters,
            kernel_size,
            strides=2,
            padding="same",
            use_bias=not normalized,
            kernel_initializer=parts.fresh(initializer),
            name=f"downsample_{index}",
        )
        x = spectral_norm_if(normalization == "spectral", convolution)(x)
        if normalized:
            x = BatchNorm(name=f"norm_{index}")(x)
        x = parts.leaky_relu(f"activation_{index}")(x)
    x = layers.Flatten(name="flat" if hidden else "features")(x)
    if hidden:
        dense = layers.Dense(hidden, kernel_initializer=parts.fresh(initializer), name="hidden")
        x = spectral_norm_if(normalization == "spectral", dense)(x)
        x = parts.leaky_relu("features")(x)
    outputs = parts.scores(
        x,
        labels,
        num_classes,
        conditioning,
        auxiliary=auxiliary,
        initializer=initializer,
        spectral_norm=normalization == "spectral",
    )
    return keras.Model(parts.inputs_of(images, labels), outputs, name=name)


def _initializer(initializer, normalization):
    if initializer is not None:
        return initializer
    batch_norm_follows = normalization == "batch"
    return keras.initializers.RandomNormal(stddev=0.02) if batch_norm_follows else "he_normal"

"""Dense networks, for 2-D toys, tables and, to see why convolutions help, small images."""

import math

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.networks import parts

KINDS = ("points", "images")  # of samples that it makes; other networks make images alone
NORMALIZATIONS = ("batch", None)


def generator(
    image_shape=(2,),
    latent_dim=2,
    *,
    widths=(128, 128, 128),
    num_classes=None,
    embedding_dim=16,
    normalization=None,
    skip=False,
    name="generator",
) -> keras.Model:
    """A generator of dense layers with leaky ReLU (Goodfellow et al., 2014, arXiv 1406.2661).

    Args:
        image_shape: shape of one sample: `(features,)` for vectors, with a linear output, or
            `(height, width, channels)` for images, with tanh. Defaults to a point in the plane.
        latent_dim: length of the latent vector. Defaults to 2.
        widths: units of each hidden layer. Defaults to three layers of 128.
        num_classes: number of classes, or None for an unconditional generator (the default).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        normalization: "batch", or None (the default).
        skip: whether the latents are added to the sample, which must be a vector of as many
            numbers: the layers then say how far to move each point, and near latents start as near
            samples. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 samples `(batch, *image_shape)`.

    Raises:
        ValueError: an argument is out of range.
    """
    image_shape = _check(image_shape, widths)
    parts.check_choice("normalization", normalization, NORMALIZATIONS)
    if skip and image_shape != (latent_dim,):
        raise ValueError(
            f"`skip` adds the {latent_dim} latents to a vector of as many numbers. Received: "
            f"`image_shape` {image_shape}. Set latent_dim={math.prod(image_shape)}, or skip=False."
        )
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    x = parts.with_labels(latents, labels, num_classes, embedding_dim)
    for index, width in enumerate(widths):
        use_bias = normalization is None
        x = layers.Dense(
            width, use_bias=use_bias, kernel_initializer="he_normal", name=f"hidden_{index}"
        )(x)
        if normalization == "batch":
            x = BatchNorm(name=f"norm_{index}")(x)
        x = parts.leaky_relu(f"activation_{index}")(x)
    x = layers.Dense(math.prod(image_shape), dtype="float32", name="sample")(x)
    if skip:
        x = layers.Add(dtype="float32", name="skip")([latents, x])
    if len(image_shape) > 1:
        x = layers.Activation("tanh", dtype="float32", name="tanh")(x)
        x = layers.Reshape(image_shape, dtype="float32", name="images")(x)
    return keras.Model(parts.inputs_of(latents, labels), x, name=name)


def discriminator(
    image_shape=(2,),
    *,
    widths=(128, 128, 128),
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    name="discriminator",
) -> keras.Model:
    """A discriminator of dense layers with leaky ReLU.

    Args:
        image_shape: shape of one sample: `(features,)` or `(height, width, channels)`.
        widths: units of each hidden layer. Defaults to three layers of 128.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) adds the inner product of the label's embedding
            and the features; "concatenation" appends the label as channels to the sample.
        auxiliary: whether it guesses the class, from samples alone, instead of being told (AC-GAN).
            Its outputs are then `[logits, class_logits]`. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: samples, and `labels (batch,)` if conditional, to raw float32 logits
        `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    image_shape = _check(image_shape, widths)
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    images = keras.Input(image_shape, name="images")
    x = parts.with_label_map(images, labels, num_classes, conditioning)
    if len(image_shape) > 1:
        x = layers.Flatten(name="flatten")(x)
    for index, width in enumerate(widths):
        x = layers.Dense(width, kernel_initializer="he_normal", name=f"hidden_{index}")(x)
        x = parts.leaky_relu(f"activation_{index}")(x)
    x = layers.Identity(name="features")(x)
    outputs = parts.scores(
        x, labels, num_classes, conditioning, auxiliary=auxiliary, initializer="glorot_uniform"
    )
    return keras.Model(parts.inputs_of(images, labels), outputs, name=name)


def _check(image_shape, widths):
    image_shape = tuple(image_shape)
    if len(image_shape) not in (1, 3) or any(side < 1 for side in image_shape):
        raise ValueError(
            "`image_shape` must be (features,) or (height, width, channels). "
            f"Received: {image_shape}."
        )
    parts.check_widths(widths, None, "one for each hidden layer")
    return image_shape

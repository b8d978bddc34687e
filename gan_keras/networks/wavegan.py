"""WaveGAN's networks: transposed convolutions of 25 samples, four times as long at each."""

import keras
from keras import layers

from gan_keras.layers import PhaseShuffle
from gan_keras.networks import parts

KINDS = ("waves",)
KERNEL, STRIDE = 25, 4
BASE = 16  # samples that a wave begins with, at least


def generator(
    image_shape=(16_384, 1),
    latent_dim=100,
    *,
    width=64,
    post_filter=0,
    num_classes=None,
    embedding_dim=16,
    name="generator",
) -> keras.Model:
    """The generator of WaveGAN: DCGAN's in one dimension.

    A dense layer makes the shortest map, of 16 to 63 steps, and each transposed convolution a map
    four times as long with half the channels; ReLU between them, tanh at the end. No batch norm.
    Donahue, McAuley, Puckette (2019), arXiv:1802.04208, table 3: with 16,384 samples and a width of
    64 it has 19,065,345 parameters.

    Args:
        image_shape: (samples, channels); samples are 16 to 63 times a power of 4, such as 4,096,
            6,144 or 16,384.
        latent_dim: length of the latents. Defaults to 100.
        width: the paper's d: channels of the longest map but one. Defaults to 64.
        post_filter: taps of a learned filter of the whole wave, which can take away the tone that
            strides leave; the paper has 512. Defaults to 0: none.
        num_classes: number of classes, or None for an unconditional generator (the default, and the
            paper's).
        embedding_dim: length of the label's embedding, which is concatenated to the latents.
        name: name of the model.

    Returns:
        A built `keras.Model`: `latents (batch, latent_dim)`, and `labels (batch,)` if conditional,
        to float32 waves `(batch, samples, channels)`, in [-1, 1] without a filter.

    Raises:
        ValueError: an argument is out of range.
    """
    num_layers, base, channels = _check(image_shape, width)
    if not isinstance(post_filter, int) or post_filter < 0:
        raise ValueError(f"`post_filter` is a number of taps, or 0. Received: {post_filter!r}.")
    latents, labels = parts.latent_inputs(latent_dim, num_classes)
    x = parts.with_labels(latents, labels, num_classes, embedding_dim)
    widest = width << (num_layers - 1)
    x = layers.Dense(base * widest, name="in")(x)
    x = layers.Reshape((base, widest), name="base")(x)  # (b, base, widest)
    for index in range(num_layers):
        x = layers.ReLU(name=f"relu_{index}")(x)
        is_last = index == num_layers - 1
        x = layers.Conv1DTranspose(
            channels if is_last else widest >> (index + 1),
            KERNEL,
            STRIDE,
            padding="same",
            dtype="float32" if is_last else None,
            name=f"up_{index}",
        )(x)
    x = layers.Activation("tanh", dtype="float32", name="wave")(x)
    if post_filter:
        x = layers.Conv1D(
            channels, post_filter, padding="same", use_bias=False, dtype="float32", name="filter"
        )(x)
    return keras.Model(parts.inputs_of(latents, labels), x, name=name)


def discriminator(
    image_shape=(16_384, 1),
    *,
    width=64,
    phase_shuffle=2,
    num_classes=None,
    conditioning="projection",
    auxiliary=False,
    name="discriminator",
) -> keras.Model:
    """The discriminator of WaveGAN, with its phase shuffle: 17,427,969 parameters in the paper.

    Convolutions of 25 samples with stride 4, twice as wide at each, leaky ReLU of .2, and a shift
    by chance after each but the last; see `PhaseShuffle` and `generator`.

    Args:
        image_shape: (samples, channels), as of `generator`.
        width: the paper's d: channels of the first map. Defaults to 64.
        phase_shuffle: the largest shift, n; 0 for none. Defaults to 2.
        num_classes: number of classes, or None for an unconditional one (the default).
        conditioning: "projection" (the default) or "concatenation", as for `mlp`.
        auxiliary: whether it guesses the class; as for `mlp`. Defaults to False.
        name: name of the model.

    Returns:
        A built `keras.Model`: waves `(batch, samples, channels)`, and `labels (batch,)` if
        conditional, to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    num_layers, _, _ = _check(image_shape, width)
    labels = parts.discriminator_labels(num_classes, auxiliary, conditioning)
    waves = keras.Input(image_shape, name="sample")
    x = parts.with_label_map(waves, labels, num_classes, conditioning)
    for index in range(num_layers):
        x = layers.Conv1D(width << index, KERNEL, STRIDE, padding="same", name=f"down_{index}")(x)
        x = parts.leaky_relu(f"leaky_relu_{index}")(x)
        if phase_shuffle and index < num_layers - 1:
            x = PhaseShuffle(phase_shuffle, seed=index, name=f"phase_shuffle_{index}")(x)
    x = layers.Flatten(name="features")(x)
    outputs = parts.scores(
        x, labels, num_classes, conditioning, auxiliary=auxiliary, initializer="glorot_uniform"
    )
    return keras.Model(parts.inputs_of(waves, labels), outputs, name=name)


def _check(image_shape, width):
    """How many layers there are, how many steps the shortest map has, and the channels."""
    image_shape = tuple(image_shape)
    if len(image_shape) != 2 or min(image_shape) < 1:
        raise ValueError(
            f"`image_shape` of waves is (samples, channels). Received: {image_shape}. Take another "
            "network for images or tables."
        )
    parts.check_units("width", width)
    base, num_layers = image_shape[0], 0
    while base % STRIDE == 0 and base // STRIDE >= BASE:
        base, num_layers = base // STRIDE, num_layers + 1
    if num_layers < 1 or base >= STRIDE * BASE:
        near = max(1, round(image_shape[0] / 1_024)) * 1_024
        raise ValueError(
            f"Waves have 16 to 63 times a power of 4 samples. Received: {image_shape[0]}. Cut or "
            f"fill them: num_samples={near} (--set data_arguments.num_samples={near})."
        )
    return num_layers, base, image_shape[1]

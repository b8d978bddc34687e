"""A discriminator in the manner of VGG, which gives one logit for a whole image."""

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts, sizes

NORMS = ("batch", "spectral", None)


def discriminator(
    image_shape=(64, 64, 3),
    *,
    input_shape=None,
    width=64,
    hidden=100,
    norm="batch",
    initializer="he_normal",
    name="discriminator",
) -> keras.Model:
    """A discriminator of pairs of convolutions, 3x3 and 4x4 of stride 2, then two dense layers.

    For super-resolution with a relativistic loss. Channels double at each halving up to 8 times
    `width`, until the map has 4 to 7 pixels; leaky ReLU of slope 0.2. (Ledig et al., 2017, arXiv
    1609.04802, figure 4; in the size of Wang et al., 2018, ESRGAN, arXiv 1809.00219. At 128 pixels
    it is BasicSR's VGGStyleDiscriminator128.)

    Args:
        image_shape: `(height, width, channels)`; the smaller side is 4, 5, 6 or 7 times a power of
            2. Defaults to (64, 64, 3).
        input_shape: of what the generator was given, which is then judged together with the
            sample; None (the default, the paper's) for the sample alone.
        width: channels of the first map. Defaults to 64.
        hidden: units of the dense layer before the logit. Defaults to 100.
        norm: "batch" (the default, the paper's), "spectral", or None. Gradient penalties need one
            of the last two: batch norm mixes the images of a batch.
        initializer: of the kernels. Defaults to "he_normal".
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, *image_shape)`, and `input (batch, *input_shape)` if
        there is one, to raw float32 logits `(batch, 1)`.

    Raises:
        ValueError: an argument is out of range.
    """
    parts.check_choice("norm", norm, NORMS)
    sizes.check_positive(width=width, hidden=hidden)
    num_halvings = parts.num_doublings(image_shape)
    inputs, x = sizes.judged(image_shape, input_shape)

    def convolve(x, filters, kernel_size, strides, name, normalize=True):
        normalize = normalize and norm == "batch"
        layer = layers.Conv2D(
            filters,
            kernel_size,
            strides=strides,
            padding="same",
            use_bias=not normalize,
            kernel_initializer=parts.fresh(initializer),
            name=name,
        )
        x = spectral_norm_if(norm == "spectral", layer)(x)
        if normalize:
            x = BatchNorm(name=f"{name}_norm")(x)
        return parts.leaky_relu(f"{name}_activation")(x)

    for index in range(num_halvings):
        filters = width * min(8, 2**index)
        x = convolve(x, filters, 3, 1, f"convolution_{index}", normalize=index > 0)
        x = convolve(x, filters, 4, 2, f"downsample_{index}")
    x = layers.Flatten(name="flat")(x)
    dense = layers.Dense(hidden, kernel_initializer=parts.fresh(initializer), name="hidden")
    x = parts.leaky_relu("features")(spectral_norm_if(norm == "spectral", dense)(x))
    last = layers.Dense(
        1, kernel_initializer=parts.fresh(initializer), dtype="float32", name="logits"
    )
    return keras.Model(inputs, spectral_norm_if(norm == "spectral", last)(x), name=name)

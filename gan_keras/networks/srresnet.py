"""SRResNet for super-resolution: residual blocks at the small size, without any normalisation."""

import keras
from keras import layers

from gan_keras.layers import BilinearUpsample, PixelShuffle
from gan_keras.networks import parts, sizes

SCALES = (1, 2, 3, 4, 8)
SLOPE = 0.1  # of leaky ReLU


def generator(
    input_shape=(16, 16, 3),
    image_shape=None,
    *,
    scale=None,
    width=64,
    num_blocks=16,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A translator from small images to large ones: what a bilinear enlargement lacks, added to it.

    A 3x3 convolution, `num_blocks` of (3x3, ReLU, 3x3, plus the input), pixel shuffles until the
    size is reached, two 3x3 convolutions, all with leaky ReLU of slope 0.1; plus the input enlarged
    by bilinear interpolation. (Ledig et al., 2017, SRGAN, arXiv 1609.04802, figure 4; without its
    norms, as Lim et al., 2017, EDSR, arXiv 1707.02921, and Wang et al., 2018, arXiv 1809.00219, who
    call it MSRResNet.)

    Cheap and steady: take it before `rrdb`. The paper's size is the default; on a CPU take
    `width=32, num_blocks=4`.

    Args:
        input_shape: `(height, width, channels)` of the small image, or `(None, None, channels)` for
            any size. Defaults to (16, 16, 3).
        image_shape: of the large image. Defaults to `input_shape` times `scale`.
        scale: 1, 2, 3, 4 or 8; defaults to what the shapes say, or 4.
        width: channels of the maps. Defaults to 64.
        num_blocks: residual blocks. Defaults to 16.
        initializer: of the kernels. Defaults to the authors' He normal times 0.1, with which the
            first images are the bilinear ones, nearly.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)` to float32 images
        `(batch, *image_shape)`. The end is linear: they are about, but not all within [-1, 1], and
        are clipped where they are shown.

    Raises:
        ValueError: an argument is out of range.
    """
    input_shape, image_shape, scale = sizes.check_scale(input_shape, image_shape, scale, SCALES)
    sizes.check_positive(width=width, num_blocks=num_blocks)
    if input_shape[-1] != image_shape[-1]:
        raise ValueError(
            "`image_shape` must have the channels of `input_shape`, which is added to it. "
            f"Received: {input_shape} and {image_shape}. Networks without the sum: rrdb."
        )
    initializer = small_he_normal() if initializer is None else initializer

    def convolve(x, filters, name):
        return layers.Conv2D(
            filters,
            3,
            padding="same",
            kernel_initializer=parts.fresh(initializer),
            name=name,
        )(x)

    def activate(x, name):
        return layers.LeakyReLU(negative_slope=SLOPE, name=name)(x)

    images = keras.Input(input_shape, name="input")
    x = activate(convolve(images, width, "first"), "first_activation")
    for index in range(num_blocks):
        inside = convolve(x, width, f"block_{index}_convolution_0")
        inside = layers.ReLU(name=f"block_{index}_activation")(inside)
        inside = convolve(inside, width, f"block_{index}_convolution_1")
        x = layers.Add(name=f"block_{index}")([x, inside])
    for index, times in enumerate(steps_to(scale)):
        x = convolve(x, width * times**2, f"up_{index}_convolution")
        x = PixelShuffle(times, name=f"up_{index}")(x)
        x = activate(x, f"up_{index}_activation")
    x = activate(convolve(x, width, "last"), "last_activation")
    x = convolve(x, image_shape[-1], "to_image")
    base = BilinearUpsample(scale, dtype="float32", name="bilinear")
    outputs = layers.Add(dtype="float32", name="images")([base(images), x])
    return keras.Model(images, outputs, name=name)


def steps_to(scale):
    """By what the size is multiplied, step by step: 4 -> [2, 2], 3 -> [3], 1 -> []."""
    return [3] if scale == 3 else [2] * (scale.bit_length() - 1)


def small_he_normal():
    """He normal times 0.1, as BasicSR starts residual networks without norms (arXiv 1809.00219)."""
    return keras.initializers.VarianceScaling(2 * 0.1**2, "fan_in", "untruncated_normal")

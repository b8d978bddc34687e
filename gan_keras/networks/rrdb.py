"""ESRGAN's RRDBNet for super-resolution: dense blocks inside of residual ones."""

import keras
from keras import layers

from gan_keras.layers import PixelUnshuffle, ResidualInResidualDense
from gan_keras.networks import parts, sizes
from gan_keras.networks.srresnet import small_he_normal

SCALES = (1, 2, 4)


def generator(
    input_shape=(16, 16, 3),
    image_shape=None,
    *,
    scale=None,
    width=64,
    num_blocks=23,
    growth=32,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A translator from small images to large ones, the strongest of convolutions alone.

    A 3x3 convolution, `num_blocks` residual-in-residual dense blocks and a 3x3 convolution, plus
    their input; twice (nearest neighbour, 3x3, leaky ReLU of slope 0.2), and two more. Scales of 2
    and 1 first turn blocks of 2x2 and 4x4 pixels into channels, so that the dense blocks always
    work at a quarter of the output's size. (Wang et al., 2018, ESRGAN, arXiv 1809.00219, section
    3.1; Wang et al., 2021, Real-ESRGAN, arXiv 2107.10833, section 3.3.)

    Real-ESRGAN's networks are the default and `num_blocks=6`. On a CPU take `width=32,
    num_blocks=2, growth=16`.

    Args:
        input_shape: `(height, width, channels)` of the small image, or `(None, None, channels)` for
            any size; multiples of 2 at scale 2 and of 4 at scale 1. Defaults to (16, 16, 3).
        image_shape: of the large image. Defaults to `input_shape` times `scale`.
        scale: 1, 2 or 4; defaults to what the shapes say, or 4.
        width: channels of the maps. Defaults to 64.
        num_blocks: residual-in-residual dense blocks. Defaults to 23.
        growth: channels that each convolution of a dense block adds. Defaults to 32.
        initializer: of the kernels. Defaults to the authors' He normal, times 0.1.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)` to float32 images
        `(batch, *image_shape)`. The end is linear: they are not all within [-1, 1], and are clipped
        where they are shown.

    Raises:
        ValueError: an argument is out of range.
    """
    input_shape, image_shape, scale = sizes.check_scale(input_shape, image_shape, scale, SCALES)
    sizes.check_positive(width=width, num_blocks=num_blocks, growth=growth)
    blocks = 4 // scale
    sizes.check_divisible("input_shape", input_shape, blocks, f"at scale {scale}")
    initializer = small_he_normal() if initializer is None else initializer

    def convolve(x, filters, name, dtype=None):
        return layers.Conv2D(
            filters,
            3,
            padding="same",
            kernel_initializer=parts.fresh(initializer),
            dtype=dtype,
            name=name,
        )(x)

    images = x = keras.Input(input_shape, name="input")
    if blocks > 1:
        x = PixelUnshuffle(blocks, name="unshuffled")(x)
    x = first = convolve(x, width, "first")
    for index in range(num_blocks):
        x = ResidualInResidualDense(
            growth, kernel_initializer=parts.fresh(initializer), name=f"block_{index}"
        )(x)
    x = layers.Add(name="blocks")([first, convolve(x, width, "after_blocks")])
    for index in range(2):
        x = layers.UpSampling2D(2, interpolation="nearest", name=f"up_{index}_resize")(x)
        x = parts.leaky_relu(f"up_{index}_activation")(convolve(x, width, f"up_{index}"))
    x = parts.leaky_relu("last_activation")(convolve(x, width, "last"))
    outputs = convolve(x, image_shape[-1], "images", dtype="float32")
    return keras.Model(images, outputs, name=name)

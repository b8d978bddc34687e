"""Real-ESRGAN's U-Net discriminator, which gives one logit for each pixel."""

import keras
from keras import layers, ops

from gan_keras.layers import BlurUpsample
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts, sizes

NUM_HALVINGS = 3


def discriminator(
    image_shape=(64, 64, 3),
    *,
    input_shape=None,
    width=64,
    skip_connections=True,
    spectral_norm=True,
    initializer="he_normal",
    name="discriminator",
) -> keras.Model:
    """A discriminator that halves the image three times, doubles it back, and judges every pixel.

    For super-resolution of photographs with unknown damage: the logit of a pixel sees the details
    there and the scene around. Down by 4x4 convolutions of stride 2, up by bilinear interpolation
    and 3x3 ones, plus the map of that size from the way down; leaky ReLU of slope 0.2, spectral
    norm on all but the first and the last. (Wang et al., 2021, Real-ESRGAN, arXiv 2107.10833,
    figure 6; Schonfeld et al., 2020, arXiv 2002.12655. It is BasicSR's UNetDiscriminatorSN.)

    Args:
        image_shape: `(height, width, channels)`, sides multiples of 8. Defaults to (64, 64, 3).
        input_shape: of what the generator was given, which is then judged together with the
            sample; None (the default, the paper's) for the sample alone.
        width: channels at full size; they double at each halving. Defaults to 64.
        skip_connections: whether the maps from the way down are added. Defaults to True.
        spectral_norm: as above. Defaults to True.
        initializer: of the kernels. Defaults to "he_normal".
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, *image_shape)`, and `input (batch, *input_shape)` if
        there is one, to raw float32 logits `(batch, h, w, 1)`, one for each pixel.

    Raises:
        ValueError: an argument is out of range.
    """
    sizes.check_positive(width=width)
    inputs, x = sizes.judged(image_shape, input_shape)
    if image_shape[0] is None:
        raise ValueError(f"`image_shape` must have known sides. Received: {image_shape}.")
    sizes.check_divisible("image_shape", image_shape, 2**NUM_HALVINGS, "for three halvings")

    def convolve(x, filters, name, *, halve=False, outer=False):
        layer = layers.Conv2D(
            filters,
            4 if halve else 3,
            strides=2 if halve else 1,
            padding="same",
            use_bias=outer,
            kernel_initializer=parts.fresh(initializer),
            name=name,
        )
        return parts.leaky_relu(f"{name}_activation")(
            spectral_norm_if(spectral_norm and not outer, layer)(x)
        )

    x = convolve(x, width, "first", outer=True)
    maps = [x]
    for index in range(NUM_HALVINGS):
        x = convolve(x, width * 2 ** (index + 1), f"down_{index}", halve=True)
        maps.append(x)
    for index in reversed(range(NUM_HALVINGS)):
        x = convolve(_doubled(x, index), width * 2**index, f"up_{index}")
        if skip_connections:
            x = layers.Add(name=f"skip_{index}")([x, maps[index]])
    for index in range(2):
        x = convolve(x, width, f"last_{index}")
    logits = layers.Conv2D(
        1,
        3,
        padding="same",
        kernel_initializer=parts.fresh(initializer),
        dtype="float32",
        name="logits",
    )(x)
    return keras.Model(inputs, logits, name=name)


def _doubled(x, index):
    """Bilinear interpolation with gradients of any order, which Keras's has not.

    `BlurUpsample` takes pixels beyond the border for zeros, so the border is repeated before it.
    """
    x = ops.pad(x, ((0, 0), (1, 1), (1, 1), (0, 0)), mode="symmetric")
    x = BlurUpsample(name=f"double_{index}")(x)
    return layers.Cropping2D(2, name=f"double_{index}_crop")(x)

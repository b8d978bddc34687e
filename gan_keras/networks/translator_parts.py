"""What the networks of image-to-image translation share: padding as in PyTorch, norms, checks.

The papers' code is in PyTorch, which pads both sides alike. Keras's "same" does so only at stride
1 and with odd kernels, so the rest is padded by hand and convolved with "valid".
"""

import keras
from keras import layers

from gan_keras.layers import BatchNorm
from gan_keras.layers.doubling_conv import DoublingConv2D
from gan_keras.layers.instance_norm import InstanceNorm
from gan_keras.layers.reflection_padding import ReflectionPadding
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts, sizes

NORMS = ("instance", "batch", None)
UPSAMPLINGS = ("resize", "transposed")
PADDINGS = ("zeros", "reflect")
STDDEV = 0.02  # of kernels around 0, and of batch norm's scale around 1: the DCGAN paper's


def normal(initializer=None):
    """An initializer: the given one, or the papers' normal with deviation 0.02."""
    return initializer or keras.initializers.RandomNormal(stddev=STDDEV)


def check_same_size(input_shape, image_shape):
    """Both shapes as tuples, of one height and width; see `sizes.check_shape`."""
    input_shape = sizes.check_shape("input_shape", input_shape)
    image_shape = sizes.check_shape("image_shape", image_shape)
    if input_shape[:2] != image_shape[:2]:
        raise ValueError(
            "`input_shape` and `image_shape` must have one height and width. "
            f"Received: {input_shape} and {image_shape}."
        )
    return input_shape, image_shape


def normalized(x, norm, name):
    """`x` after the norm: "instance", "batch" or None."""
    if norm == "batch":
        initializer = keras.initializers.RandomNormal(mean=1.0, stddev=STDDEV)
        return BatchNorm(gamma_initializer=initializer, name=name)(x)
    return InstanceNorm(name=name)(x) if norm == "instance" else x


def convolved(
    x,
    filters,
    kernel_size,
    *,
    name,
    strides=1,
    padding=0,
    mode="zeros",
    use_bias=True,
    initializer=None,
    spectral_norm=False,
    dtype=None,
):
    """A convolution with `padding` pixels on each side, as PyTorch's `Conv2d`.

    Args:
        x: tensor `(batch, h, w, c)`.
        filters, kernel_size, strides, use_bias, dtype: as of Keras's `Conv2D`.
        name: of the convolution; the padding's is it with "_pad".
        padding: pixels on each side. Defaults to 0.
        mode: "zeros" (the default) or "reflect".
        initializer: of the kernel. Defaults to the papers' normal.
        spectral_norm: whether the kernel is spectrally normalised. Defaults to False.
    """
    same = mode == "zeros" and strides == 1 and kernel_size == 2 * padding + 1
    if padding and not same:
        pad = ReflectionPadding if mode == "reflect" else layers.ZeroPadding2D
        x = pad(padding, name=f"{name}_pad")(x)
    convolution = layers.Conv2D(
        filters,
        kernel_size,
        strides=strides,
        padding="same" if same else "valid",
        use_bias=use_bias,
        kernel_initializer=parts.fresh(normal(initializer)),
        dtype=dtype,
        name=name,
    )
    return spectral_norm_if(spectral_norm, convolution)(x)


def upsampled(
    x, filters, *, name, how="resize", kernel_size=4, mode="zeros", use_bias=True, initializer=None
):
    """Twice the size, by a learned convolution.

    Args:
        x: tensor `(batch, h, w, c)`.
        filters: channels of the result.
        name: of the convolution.
        how: "resize" (the default): each pixel repeated 2x2, then a 3x3 convolution. "transposed":
            a transposed one of stride 2 as in the papers, which paints checkerboards (Odena et
            al., 2016, distill.pub/2016/deconv-checkerboard).
        kernel_size: of the transposed one: 4 (the default), as PyTorch's with `padding=1`, or 3,
            with `padding=1, output_padding=1`.
        mode: padding of the 3x3 convolution, "zeros" (the default) or "reflect".
        use_bias: whether the convolution has a bias. Defaults to True.
        initializer: of the kernel. Defaults to the papers' normal.
    """
    if how == "resize":
        return DoublingConv2D(
            filters,
            border=mode,
            use_bias=use_bias,
            kernel_initializer=parts.fresh(normal(initializer)),
            name=name,
        )(x)
    x = layers.Conv2DTranspose(
        filters,
        kernel_size,
        strides=2,
        padding="same" if kernel_size == 4 else "valid",
        use_bias=use_bias,
        kernel_initializer=parts.fresh(normal(initializer)),
        name=name,
    )(x)
    # Keras's "same" would crop the other side of the odd kernel's surplus pixel.
    return x if kernel_size == 4 else layers.Cropping2D(((1, 0), (1, 0)), name=f"{name}_crop")(x)


def image_end(x, given, residual):
    """float32 samples of the last map: by tanh, or added to what was given, grey to each colour."""
    if not residual:
        return layers.Activation("tanh", dtype="float32", name="images")(x)
    if given.shape[-1] == 1 and x.shape[-1] > 1:
        given = layers.Concatenate(name="grey_in_colour")([given] * x.shape[-1])
    if x.shape[-1] != given.shape[-1]:
        raise ValueError(
            f"`residual` adds to the input, which has {given.shape[-1]} channels, but samples have "
            f"{x.shape[-1]}. Leave it out."
        )
    return layers.Add(dtype="float32", name="images")([given, x])

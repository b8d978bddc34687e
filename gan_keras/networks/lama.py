"""LaMa for inpainting: residual blocks of Fourier convolutions, which see the whole image."""

import typing

import keras
from keras import layers, ops

from gan_keras.layers import BatchNorm, FourierUnit
from gan_keras.networks import parts, sizes


def generator(
    input_shape=(64, 64, 4),
    image_shape=(64, 64, 3),
    *,
    width=64,
    num_blocks=9,
    num_halvings=3,
    ratio=0.75,
    max_width=1024,
    method="fft",
    initializer="glorot_uniform",
    name="generator",
) -> keras.Model:
    """A translator that halves, runs residual blocks of fast Fourier convolutions, and doubles.

    For holes that are large beside what is left, and patterns that repeat. A block's channels are
    split: the local ones are convolved as ever, the global ones by their spectrum (`FourierUnit`),
    and each hears from the other by a 3x3 convolution:

        local'  = conv(local) + conv(global)
        global' = conv(local) + spectral(global)

    Every sum is followed by batch norm and ReLU; padding is by reflection. (Suvorov et al., 2022,
    arXiv 2109.07161, section 2 and figure 2; Chi et al., 2020, FFC, NeurIPS 2020.)

    LaMa-Fourier is the default at 256 pixels, Big-LaMa `num_blocks=18`. On a CPU take `width=16,
    num_blocks=3, num_halvings=2` at 64. Its discriminator is a PatchGAN of 4 layers. Batch norm
    wants at least 20 images in a batch, say the authors.

    Args:
        input_shape: `(height, width, channels)`, or `(None, None, channels)` for any size; sides
            multiples of `2^num_halvings`. The paper's input is an image whose holes are set to 0,
            and a channel with 1 in the holes. Defaults to (64, 64, 4).
        image_shape: of what comes out; the same height and width. Defaults to (64, 64, 3).
        width: channels at full size; they double at each halving, up to `max_width`. Defaults to
            64.
        num_blocks: residual blocks. Defaults to 9.
        num_halvings: halvings before them. Defaults to 3.
        ratio: share of a block's channels that are global, in [0, 1). Defaults to 0.75.
        max_width: most channels of a map. Defaults to 1024.
        method: of the Fourier units, "fft" (the default) or "matrix", which can be exported to ONNX
            and TensorFlow Lite; `layers.fourier_unit.set_fourier_method` changes it later.
        initializer: of the kernels. Defaults to "glorot_uniform".
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)` to float32 images
        `(batch, *image_shape)` in [-1, 1], by tanh: the paper's images are in [0, 1], by the
        sigmoid, and (tanh(x) + 1) / 2 is the sigmoid of 2 x.

    Raises:
        ValueError: an argument is out of range.
    """
    input_shape = sizes.check_shape("input_shape", input_shape)
    image_shape = sizes.check_shape("image_shape", image_shape)
    sizes.check_positive(
        width=width, num_blocks=num_blocks, num_halvings=num_halvings, max_width=max_width
    )
    if input_shape[:2] != image_shape[:2]:
        raise ValueError(
            "`input_shape` and `image_shape` must have the same height and width. "
            f"Received: {input_shape} and {image_shape}."
        )
    sizes.check_divisible("input_shape", input_shape, 2**num_halvings, "of 2^num_halvings")
    if not 0 <= ratio < 1:
        raise ValueError(f"`ratio` must be at least 0 and below 1. Received: {ratio!r}.")
    options = {"initializer": initializer, "method": method}
    widths = [min(max_width, width * 2**i) for i in range(num_halvings + 1)]

    images = keras.Input(input_shape, name="input")
    x = _convolve(_reflected(images, 3), widths[0], 7, "first", initializer)
    maps: typing.Any = (_activated(x, "first"), None)
    for index, filters in enumerate(widths[1:]):
        share = ratio if index == num_halvings - 1 else 0
        maps = _fourier(maps[0], maps[1], filters, share, f"down_{index}", strides=2, **options)
    for block in range(num_blocks):
        inside = maps
        for index in range(2):
            name = f"block_{block}_{index}"
            inside = _fourier(inside[0], inside[1], widths[-1], ratio, name, **options)
        names = (f"block_{block}_local", f"block_{block}_global")
        maps = tuple(
            None if b is None else layers.Add(name=name)([a, b])
            for name, a, b in zip(names, maps, inside, strict=True)
        )
    x = _joined(maps, "local_and_global")
    for index, filters in enumerate(reversed(widths[:-1])):
        x = layers.Conv2DTranspose(
            filters,
            3,
            strides=2,
            kernel_initializer=parts.fresh(initializer),
            name=f"up_{index}",
        )(x)
        # Keras's "same" would crop at the other side, and so shift the map by a pixel.
        x = layers.Cropping2D(((1, 0), (1, 0)), name=f"up_{index}_crop")(x)
        x = _activated(x, f"up_{index}")
    x = layers.Conv2D(
        image_shape[-1], 7, kernel_initializer=parts.fresh(initializer), name="to_image"
    )(_reflected(x, 3))
    outputs = layers.Activation("tanh", dtype="float32", name="images")(x)
    return keras.Model(images, outputs, name=name)


def _fourier(local, distant, filters, ratio, name, *, initializer, method, strides=1):
    """A fast Fourier convolution, batch norm and ReLU: `(local, distant)`; either may be None.

    Strides are for blocks without distant channels at their input alone, as LaMa has them.
    """
    num_distant = int(filters * ratio)
    padded = _reflected(local, 1)
    to_local = [_convolve(padded, filters - num_distant, 3, f"{name}_l2l", initializer, strides)]
    to_distant = []
    if num_distant:
        to_distant.append(_convolve(padded, num_distant, 3, f"{name}_l2g", initializer, strides))
    if distant is not None:
        padded = _reflected(distant, 1)
        to_local.append(_convolve(padded, filters - num_distant, 3, f"{name}_g2l", initializer))
        to_distant.append(_spectral(distant, num_distant, f"{name}_g2g", initializer, method))
    return tuple(
        _activated(_added(maps, f"{name}_{kind}"), f"{name}_{kind}") if maps else None
        for maps, kind in ((to_local, "local"), (to_distant, "global"))
    )


def _spectral(x, filters, name, initializer, method):
    """The convolution of global channels: at half as many, plus itself by its spectrum."""
    x = _activated(_convolve(x, max(1, filters // 2), 1, f"{name}_in", initializer), f"{name}_in")
    unit = FourierUnit(
        method=method, kernel_initializer=parts.fresh(initializer), name=f"{name}_fourier"
    )
    x = layers.Add(name=f"{name}_sum")([x, unit(x)])
    return _convolve(x, filters, 1, f"{name}_out", initializer)


def _convolve(x, filters, kernel_size, name, initializer, strides=1):
    return layers.Conv2D(
        filters,
        kernel_size,
        strides=strides,
        use_bias=False,
        kernel_initializer=parts.fresh(initializer),
        name=name,
    )(x)


def _reflected(x, pixels):
    return ops.pad(x, ((0, 0), (pixels, pixels), (pixels, pixels), (0, 0)), mode="reflect")


def _activated(x, name):
    return layers.ReLU(name=f"{name}_activation")(BatchNorm(name=f"{name}_norm")(x))


def _added(maps, name):
    return layers.Add(name=name)(maps) if len(maps) > 1 else maps[0]


def _joined(maps, name):
    local, distant = maps
    return local if distant is None else layers.Concatenate(name=name)([local, distant])

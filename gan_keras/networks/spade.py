"""SPADE: images from label maps, which every norm of the generator reads."""

import keras
from keras import layers

from gan_keras.layers import OneHotLabels, Spade
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts, sizes

MOST = 16  # times `width`: channels of the smallest maps
NORMS = ("batch", "instance")


def generator(
    input_shape=(64, 64, 1),
    image_shape=(64, 64, 3),
    *,
    num_labels=None,
    dont_care=None,
    latent_dim=None,
    width=64,
    num_doublings=None,
    hidden=128,
    norm="batch",
    spectral_norm=True,
    initializer=None,
    name="generator",
) -> keras.Model:
    """A generator of residual blocks that double the map, each normalised by the label map.

    From the smallest map: a block, doubling, two blocks, then doubling and a block for each further
    size, leaky ReLU of slope 0.2, a 3x3 convolution and tanh. The first map is a convolution of the
    small label map, or made of latents, which then choose the style. (Park et al., 2019, arXiv
    1903.07291, figures 4 and 12-14.)

    The paper's network is `width=64` at 256 pixels. On a CPU take `width=16, hidden=32` at 64.

    Args:
        input_shape: of what is translated: `(height, width, channels)` floats, one channel per
            label and what else there is to say (edges); or with `num_labels` a map of ids,
            `(height, width, 1)` or `(height, width)`. Defaults to (64, 64, 1).
        image_shape: of what comes out; the same height and width. Defaults to (64, 64, 3).
        num_labels: number of labels, if the input is a map of ids; else None (the default).
        dont_care: the id of pixels without a label, as of `layers.OneHotLabels`. Defaults to None.
        latent_dim: length of the latent vector, 256 in the paper; None (the default) for one image
            from each label map.
        width: channels at full size; they double at each halving, up to 16 times as many, and the
            two smallest sizes have as many as each other. Defaults to 64.
        num_doublings: sizes above the smallest. Defaults to as many as leave a smallest map of 8 to
            15 pixels: 5 for 256 pixels, as in the paper, 3 for 64.
        hidden: channels inside of each SPADE layer. Defaults to 128.
        norm: "batch" (the default, the paper's) or "instance", under which an image depends on no
            other of its batch.
        spectral_norm: whether the kernels of the blocks are spectrally normalised. Defaults to
            True.
        initializer: of the kernels. Defaults to the authors' Glorot normal, times 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, *input_shape)`, and `latents (batch, latent_dim)` if
        there are any, to float32 images `(batch, *image_shape)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range.
    """
    image_shape = sizes.check_shape("image_shape", image_shape)
    parts.check_choice("norm", norm, NORMS)
    parts.check_units("latent_dim", latent_dim)
    if num_doublings is None:
        num_doublings = max(1, parts.num_doublings(image_shape) - 1)
    sizes.check_positive(width=width, num_doublings=num_doublings, hidden=hidden)
    factor = 2**num_doublings
    sizes.check_divisible("image_shape", image_shape, factor, f"for {num_doublings} doublings")
    given, label_map = _label_map(input_shape, num_labels, dont_care)
    _check_same_size(label_map.shape[1:], image_shape)
    initializer = _initializer(initializer)
    widths = [
        width * min(MOST, 2 ** min(depth, num_doublings - 1))
        for depth in reversed(range(num_doublings + 1))
    ]
    options = {
        "hidden": hidden,
        "norm": norm,
        "spectral_norm": spectral_norm,
        "initializer": initializer,
    }

    inputs = given
    if latent_dim is None:
        # Every pixel that the nearest neighbour would choose, as in the authors' framework.
        x = layers.Conv2D(
            widths[0],
            3,
            padding="same",
            kernel_initializer=parts.fresh(initializer),
            name="base",
        )(label_map[:, ::factor, ::factor])
    else:
        latents = keras.Input((latent_dim,), name="latents")
        inputs = [given, latents]
        base = (image_shape[0] // factor, image_shape[1] // factor, widths[0])
        x = parts.base_map(latents, base, initializer)
    x = _block(x, label_map, widths[0], "head", **options)
    for index, filters in enumerate(widths[1:]):
        x = layers.UpSampling2D(2, interpolation="nearest", name=f"double_{index}")(x)
        for block in ("middle_0", "middle_1") if index == 0 else (f"up_{index - 1}",):
            x = _block(x, label_map, filters, block, **options)
    x = parts.leaky_relu("last_activation")(x)
    x = layers.Conv2D(
        image_shape[-1],
        3,
        padding="same",
        kernel_initializer=parts.fresh(initializer),
        name="to_image",
    )(x)
    images = layers.Activation("tanh", dtype="float32", name="images")(x)
    return keras.Model(inputs, images, name=name)


def discriminator(
    image_shape=(64, 64, 3),
    *,
    input_shape=(64, 64, 1),
    num_labels=None,
    dont_care=None,
    width=64,
    num_layers=4,
    num_scales=2,
    spectral_norm=True,
    initializer=None,
    name="discriminator",
) -> keras.Model:
    """Judges of patches at several sizes, each of which sees the label map and the image.

    `num_layers` 4x4 convolutions, all of stride 2 but the last, and one to the logit; padding 2,
    spectral norm, instance norm without a scale after all but the first, leaky ReLU of slope 0.2.
    Each further judge looks at half the size, and has weights of its own. (Park et al., 2019,
    arXiv 1903.07291, figure 15; Wang et al., 2018, arXiv 1711.11585, section 3.2.)

    Args:
        image_shape: `(height, width, channels)`. Defaults to (64, 64, 3).
        input_shape, num_labels, dont_care: as of the generator. `input_shape=None` for the sample
            alone.
        width: channels of the first map; they double, up to 8 times as many. Defaults to 64.
        num_layers: convolutions before the logit. Defaults to 4; at 64 pixels 3 are enough.
        num_scales: number of judges. Defaults to 2.
        spectral_norm: whether the kernels between the first and the last are spectrally
            normalised, as in the paper. Defaults to True.
        initializer: of the kernels. Defaults to the authors' Glorot normal, times 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, *image_shape)`, and `input (batch, *input_shape)` if
        there is one, to a list of raw float32 logits `(batch, h, w, 1)`, full size first.

    Raises:
        ValueError: an argument is out of range.
    """
    image_shape = sizes.check_shape("image_shape", image_shape)
    sizes.check_positive(width=width, num_layers=num_layers, num_scales=num_scales)
    initializer = _initializer(initializer)
    inputs = x = keras.Input(image_shape, name="sample")
    if input_shape is not None:
        given, label_map = _label_map(input_shape, num_labels, dont_care)
        _check_same_size(label_map.shape[1:], image_shape)
        inputs = [inputs, given]
        x = layers.Concatenate(name="input_and_sample")([label_map, x])
    logits = []
    for scale in range(num_scales):
        if scale:
            x = _halved(x, f"halve_{scale}")
        logits.append(_judge(x, scale, width, num_layers, spectral_norm, initializer))
    return keras.Model(inputs, logits, name=name)


def encoder(
    image_shape=(64, 64, 3),
    latent_dim=256,
    *,
    width=64,
    spectral_norm=True,
    initializer=None,
    name="encoder",
):
    """What finds the latents of an image's style: a mean and a log variance for each.

    3x3 convolutions of stride 2 with spectral and instance norm, leaky ReLU, until the map has 4 to
    7 pixels, then two dense layers. Latents are `mean + exp(log_variance / 2) * noise`. (Park et
    al., 2019, arXiv 1903.07291, figure 14; Kingma and Welling, 2014, arXiv 1312.6114.)

    Args:
        image_shape: `(height, width, channels)`, as for `dcgan`. Defaults to (64, 64, 3).
        latent_dim: length of the latent vector. Defaults to 256.
        width: channels of the first map; they double, up to 8 times as many. Defaults to 64.
        spectral_norm: whether the convolutions are spectrally normalised. Defaults to True.
        initializer: of the kernels. Defaults to the authors' Glorot normal, times 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, *image_shape)` to a list of float32 `mean` and
        `log_variance`, `(batch, latent_dim)` each.

    Raises:
        ValueError: an argument is out of range.
    """
    sizes.check_positive(latent_dim=latent_dim, width=width)
    initializer = _initializer(initializer)
    images = x = keras.Input(sizes.check_shape("image_shape", image_shape), name="sample")
    for index in range(parts.num_doublings(image_shape)):
        x = layers.ZeroPadding2D(1, name=f"pad_{index}")(x)
        convolution = layers.Conv2D(
            width * min(8, 2**index),
            3,
            strides=2,
            use_bias=False,
            kernel_initializer=parts.fresh(initializer),
            name=f"downsample_{index}",
        )
        x = spectral_norm_if(spectral_norm, convolution)(x)
        x = _instance_norm(f"norm_{index}")(x)
        x = parts.leaky_relu(f"activation_{index}")(x)
    x = layers.Flatten(name="features")(x)
    outputs = [
        layers.Dense(
            latent_dim,
            kernel_initializer=parts.fresh(initializer),
            dtype="float32",
            name=role,
        )(x)
        for role in ("mean", "log_variance")
    ]
    return keras.Model(images, outputs, name=name)


def _block(x, label_map, filters, name, *, hidden, norm, spectral_norm, initializer):
    """SPADE, leaky ReLU, 3x3 twice, plus the shortcut; to the fewer channels in between."""

    def spade(x, suffix):
        return Spade(
            hidden=hidden,
            normalization=norm,
            kernel_initializer=parts.fresh(initializer),
            name=f"{name}_spade_{suffix}",
        )([x, label_map])

    def convolve(x, filters, kernel_size, suffix, use_bias=True):
        layer = layers.Conv2D(
            filters,
            kernel_size,
            padding="same",
            use_bias=use_bias,
            kernel_initializer=parts.fresh(initializer),
            name=f"{name}_convolution_{suffix}",
        )
        return spectral_norm_if(spectral_norm, layer)(x)

    channels = x.shape[-1]
    shortcut = x
    if channels != filters:
        shortcut = convolve(spade(x, "shortcut"), filters, 1, "shortcut", use_bias=False)
    for index, outputs in enumerate((min(channels, filters), filters)):
        x = parts.leaky_relu(f"{name}_activation_{index}")(spade(x, index))
        x = convolve(x, outputs, 3, index)
    return layers.Add(name=name)([shortcut, x])


def _judge(x, scale, width, num_layers, spectral_norm, initializer):
    for index in range(num_layers):
        x = layers.ZeroPadding2D(2, name=f"scale_{scale}_pad_{index}")(x)
        convolution = layers.Conv2D(
            width * min(8, 2**index),
            4,
            strides=1 if index == num_layers - 1 and index else 2,
            use_bias=index == 0,
            kernel_initializer=parts.fresh(initializer),
            name=f"scale_{scale}_convolution_{index}",
        )
        x = spectral_norm_if(spectral_norm and index > 0, convolution)(x)
        if index:
            x = _instance_norm(f"scale_{scale}_norm_{index}")(x)
        x = parts.leaky_relu(f"scale_{scale}_activation_{index}")(x)
    x = layers.ZeroPadding2D(2, name=f"scale_{scale}_pad_{num_layers}")(x)
    return layers.Conv2D(
        1, 4, kernel_initializer=parts.fresh(initializer), dtype="float32", name=f"logits_{scale}"
    )(x)


def _halved(x, name):
    """The mean of the pixels of the image among the 3x3 around every second one, from the first.

    Keras's "same" begins with the second one where a side is even. With a pixel more the side is
    odd, and the mean that the pixel comes into is cropped.
    """
    more = tuple((0, int(side % 2 == 0)) for side in x.shape[1:3])
    x = layers.ZeroPadding2D(more, name=f"{name}_pad")(x)
    x = layers.AveragePooling2D(3, strides=2, padding="same", name=name)(x)
    return layers.Cropping2D(more, name=f"{name}_crop")(x)


def _label_map(input_shape, num_labels, dont_care):
    """The input, and it as one channel per label."""
    if num_labels is None:
        given = keras.Input(sizes.check_shape("input_shape", input_shape), name="input")
        return given, given
    given = keras.Input(tuple(input_shape), dtype="int32", name="input")
    return given, OneHotLabels(num_labels, dont_care=dont_care, name="label_map")(given)


def _check_same_size(label_map, image_shape):
    if tuple(label_map[:2]) != tuple(image_shape[:2]):
        raise ValueError(
            "`input_shape` and `image_shape` must have the same height and width. "
            f"Received: {tuple(label_map[:2])} and {tuple(image_shape[:2])}."
        )


def _instance_norm(name):
    return layers.GroupNormalization(groups=-1, epsilon=1e-5, scale=False, center=False, name=name)


def _initializer(initializer):
    if initializer is not None:
        return initializer
    return keras.initializers.VarianceScaling(0.02**2, "fan_avg", "untruncated_normal")

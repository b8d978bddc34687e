"""PatchGAN: a discriminator that judges each patch of an image, at one scale or at several."""

import keras
from keras import layers

from gan_keras.layers.average_halving import AverageHalving
from gan_keras.networks import parts, sizes, translator_parts


def discriminator(
    image_shape=(64, 64, 3),
    *,
    input_shape=None,
    width=64,
    num_layers=3,
    num_scales=1,
    norm="instance",
    spectral_norm=False,
    initializer=None,
    name="discriminator",
) -> keras.Model:
    """A discriminator whose logit at each place sees one patch of the image.

    For textures: a generator learns the layout from its input and the reconstruction, and style
    from here. `num_layers` 4x4 convolutions of stride 2 and two of stride 1, leaky ReLU of slope
    0.2, a norm after all but the first and the last. The patch has 16, 34, 70, 142 or 286 pixels
    for 1 to 5 layers. (Isola et al., 2017, arXiv 1611.07004, section 6.1.2.)

    At 64 pixels take 1 or 2 layers: a patch of 70 is the whole image.

    Args:
        image_shape: `(height, width, channels)`, or `(None, None, channels)` for any size. Defaults
            to (64, 64, 3).
        input_shape: of what the generator was given, which is then looked at together with the
            sample; or None (the default) for the sample alone.
        width: channels of the first map; they double, up to 8 times as many. Defaults to 64.
        num_layers: convolutions of stride 2. Defaults to 3, the paper's. With 0 it is the PixelGAN:
            three 1x1 convolutions, a logit for each pixel.
        num_scales: discriminators, each on images of half the size, with weights of its own. More
            than one is pix2pixHD's (Wang et al., 2018, arXiv 1711.11585, section 3.2). Defaults
            to 1.
        norm: "instance" (the default), "batch" or None. Batch norm mixes the images of a batch,
            which gradient penalties don't stand.
        spectral_norm: whether every kernel is spectrally normalised. Defaults to False.
        initializer: of the kernels. Defaults to the paper's normal with deviation 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, *image_shape)`, and `input (batch, *input_shape)` if
        there is one, to raw float32 logits `(batch, h, w, 1)`; with several scales to a list of
        them, full size first. `with_features` gives the maps between, too.

    Raises:
        ValueError: an argument is out of range, or the images are too small.
    """
    image_shape = sizes.check_shape("image_shape", image_shape)
    if input_shape is not None:
        input_shape, _ = translator_parts.check_same_size(input_shape, image_shape)
    if num_layers != 0:
        sizes.check_positive(num_layers=num_layers)
    sizes.check_positive(width=width, num_scales=num_scales)
    parts.check_choice("norm", norm, translator_parts.NORMS)
    _check_size(image_shape, num_layers, num_scales)
    inputs = x = keras.Input(image_shape, name="sample")
    if input_shape is not None:
        given = keras.Input(input_shape, name="input")
        x = layers.Concatenate(name="input_and_sample")([given, x])
        inputs = [inputs, given]
    options = {"norm": norm, "spectral_norm": spectral_norm, "initializer": initializer}
    logits = []
    for scale in range(num_scales):
        if scale:
            x = AverageHalving(name=f"halve_{scale}")(x)
        judge = _patches if num_layers else _pixels
        logits.append(judge(x, scale, width, num_layers, **options))
    return keras.Model(inputs, logits if num_scales > 1 else logits[0], name=name)


def with_features(discriminator):
    """A discriminator that also gives the maps between, for feature matching; it shares weights.

    Args:
        discriminator: one of this file, or another that calls its layers as these are called:
            `logits_0`, `scale_0_activation_0` and so on.

    Returns:
        A `keras.Model`: what `discriminator` takes, to `[logits, features]`: a list of one map of
        logits for each scale, and a list of one list for each scale, which holds the maps after
        each activation, first to last.

    Raises:
        ValueError: it is another network.
    """
    names = [layer.name for layer in discriminator.layers]
    scales = [n for n in names if n.startswith("logits_") and not n.endswith("_pad")]
    if not scales:
        raise ValueError(
            "`discriminator` must be one of networks/patchgan, or call its layers as those do. "
            f"Received: {discriminator.name}."
        )
    scales.sort(key=_last_number)
    logits = [discriminator.get_layer(n).output for n in scales]
    features = []
    for scale in range(len(scales)):
        prefix = f"scale_{scale}_activation_"
        own = sorted((n for n in names if n.startswith(prefix)), key=_last_number)
        features.append([discriminator.get_layer(n).output for n in own])
    name = f"{discriminator.name}_with_features"
    inputs = discriminator.inputs
    return keras.Model(inputs if inputs[1:] else inputs[0], [logits, features], name=name)


def _last_number(name):
    return int(name.rpartition("_")[2])


def _patches(x, scale, width, num_layers, *, norm, spectral_norm, initializer):
    common = {"spectral_norm": spectral_norm, "initializer": initializer, "padding": 1}
    for index in range(num_layers + 1):
        normed = norm if index else None
        x = translator_parts.convolved(
            x,
            width * min(2**index, 8),
            4,
            strides=2 if index < num_layers else 1,
            use_bias=normed != "batch",
            name=f"scale_{scale}_convolution_{index}",
            **common,
        )
        x = translator_parts.normalized(x, normed, f"scale_{scale}_norm_{index}")
        x = parts.leaky_relu(f"scale_{scale}_activation_{index}")(x)
    return translator_parts.convolved(x, 1, 4, dtype="float32", name=f"logits_{scale}", **common)


def _pixels(x, scale, width, _, *, norm, spectral_norm, initializer):
    common = {"spectral_norm": spectral_norm, "initializer": initializer}
    for index in range(2):
        normed = norm if index else None
        x = translator_parts.convolved(
            x,
            width * (index + 1),
            1,
            use_bias=normed != "batch",
            name=f"scale_{scale}_convolution_{index}",
            **common,
        )
        x = translator_parts.normalized(x, normed, f"scale_{scale}_norm_{index}")
        x = parts.leaky_relu(f"scale_{scale}_activation_{index}")(x)
    return translator_parts.convolved(x, 1, 1, dtype="float32", name=f"logits_{scale}", **common)


def _check_size(image_shape, num_layers, num_scales):
    """The smallest scale must leave two pixels before the last norm, and one logit."""
    if image_shape[0] is None or num_layers == 0:
        return
    side = min(image_shape[:2])
    for _ in range(num_scales - 1):
        side = -(-side // 2)
    for _ in range(num_layers):
        side //= 2
    if side < 3:
        raise ValueError(
            f"`image_shape` is too small for {num_layers} layers and {num_scales} scales: the "
            f"smallest map has {side} pixels of the 3 that it needs. Received: {image_shape}. "
            f"Take fewer layers or scales."
        )

"""HiFi-GAN: a vocoder, from mel spectrograms to waves, and judges of periods and of scales."""

import math

import keras
from keras import layers

from gan_keras.layers import FoldPeriod, GroupedConv2D
from gan_keras.layers.spectral_norm import spectral_norm_if
from gan_keras.networks import parts

KINDS = ("waves",)
SLOPE = 0.1  # of leaky ReLU
EDGE = 7  # moments that the first and the last convolution see
V1 = {
    **{"width": 512, "rates": (8, 8, 2, 2), "kernels": (16, 16, 4, 4)},
    **{"block_kernels": (3, 7, 11), "dilations": ((1, 3, 5),) * 3, "depth": 2},
}
"""Arguments of the paper's largest generator: 13,926,017 parameters at 80 bands."""
V2 = {**V1, "width": 128}
"""Those of the middle one: 925,985."""
V3 = {
    **{"width": 256, "rates": (8, 8, 4), "kernels": (16, 16, 8)},
    **{"block_kernels": (3, 5, 7), "dilations": ((1, 2), (2, 6), (3, 12)), "depth": 1},
}
"""Those of the fastest: 1,462,273."""
# Of a judge of scales: width (in four times `width`), kernel, stride, groups of each convolution.
OF_SCALES = (
    *((1, 15, 1, 1), (1, 41, 2, 4), (2, 41, 2, 16), (4, 41, 4, 16)),
    *((8, 41, 4, 16), (8, 41, 1, 16), (8, 5, 1, 1)),
)
OF_PERIODS = ((1, 3), (4, 3), (16, 3), (32, 3), (32, 1))  # width and stride


def generator(
    input_shape=(32, 80),
    image_shape=(8_192, 1),
    *,
    width=512,
    rates=(8, 8, 2, 2),
    kernels=(16, 16, 4, 4),
    block_kernels=(3, 7, 11),
    dilations=((1, 3, 5), (1, 3, 5), (1, 3, 5)),
    depth=2,
    name="generator",
):
    """The generator of HiFi-GAN: transposed convolutions, and after each several residual blocks.

    Each of them lengthens the map by its rate and halves its channels; the blocks after it see it
    through kernels of different lengths, and their mean goes on ("multi-receptive field fusion").
    Kong, Kim, Bae (2020), arXiv:2010.05646, section 2.2 and table 5. `V1`, `V2` and `V3` hold the
    paper's settings: `generator((32, 80), (8_192, 1), **hifigan.V3)`. Parameters are counted
    without weight normalisation, which is not used here; all leaky ReLUs have a slope of .1, the
    last of the authors' code .01.

    Args:
        input_shape: (frames, bands) of the spectrograms.
        image_shape: (samples, 1) of the waves; samples are frames times all `rates`. Networks take
            spectrograms of any length, whatever it is here.
        width: channels of the first map. Defaults to 512.
        rates: how many times longer each transposed convolution makes the map. Defaults to
            (8, 8, 2, 2), for a hop of 256.
        kernels: of the transposed convolutions. Default to twice the rates.
        block_kernels: of the residual blocks after each. Default to (3, 7, 11).
        dilations: for each of `block_kernels`, those of its residual steps.
        depth: convolutions in a residual step: 2 (the default; the second is not dilated) or 1.
        name: name of the model.

    Returns:
        A built `keras.Model`: `input (batch, frames, bands)`, any number of frames, to float32
        waves `(batch, samples, 1)` in [-1, 1].

    Raises:
        ValueError: an argument is out of range, or rates that don't make samples of frames.
    """
    _check(input_shape, image_shape, width, rates, kernels, block_kernels, dilations, depth)
    given = keras.Input((None, input_shape[-1]), name="input")
    x = _conv(given, width, EDGE, name="in")
    for level, (rate, kernel) in enumerate(zip(rates, kernels, strict=True)):
        width //= 2
        x = _leaky(x, f"activation_{level}")
        x = layers.Conv1DTranspose(width, kernel, rate, padding="same", name=f"up_{level}")(x)
        blocks = [
            _block(x, size, steps, depth, f"block_{level}_{index}")
            for index, (size, steps) in enumerate(zip(block_kernels, dilations, strict=True))
        ]
        x = layers.Average(name=f"fused_{level}")(blocks) if len(blocks) > 1 else blocks[0]
    x = _conv(_leaky(x, "activation"), 1, EDGE, name="out")
    x = layers.Activation("tanh", dtype="float32", name="wave")(x)
    return keras.Model(given, x, name=name)


def discriminator(
    image_shape=(8_192, 1),
    *,
    input_shape=None,
    width=32,
    periods=(2, 3, 5, 7, 11),
    num_scales=3,
    name="discriminator",
) -> keras.Model:
    """The discriminators of HiFi-GAN as one network: one for each period, one for each scale.

    A judge of a period folds the wave so that columns hold moments a period apart, and convolves
    along them. A judge of a scale sees the wave itself, or its means of neighbours, half as long at
    each scale; the first is spectrally normalised. Kong, Kim, Bae (2020), arXiv:2010.05646, section
    2.3; layers as in the authors' code, without weight normalisation. At a width of 32 the five
    periods have 41,092,165 parameters and the three scales 29,610,627.

    Args:
        image_shape: (samples, 1).
        input_shape: what `patchgan.discriminator` has, for pairs; these look at waves alone: None.
        width: channels of the first map of a period; of a scale four times as many. Defaults to 32.
        periods: in samples. Default to (2, 3, 5, 7, 11), which share no factor.
        num_scales: judges of scales. Defaults to 3.
        name: name of the model.

    Returns:
        A built `keras.Model`: `sample (batch, samples, 1)` to a list of raw float32 logits
        `(batch, h, w, 1)`, periods first. Layers are called as those of `patchgan`, so that its
        `with_features` gives the maps between, too.

    Raises:
        ValueError: an argument is out of range.
    """
    parts.check_units("width", width)
    if input_shape is not None:
        raise ValueError(
            "HiFi-GAN's discriminators look at waves alone. Leave `input_shape` (conditional) out."
        )
    if len(image_shape) != 2 or image_shape[1] != 1 or image_shape[0] is None:
        raise ValueError(f"`image_shape` of waves is (samples, 1). Received: {image_shape}.")
    whole = all(isinstance(one, int) and one > 0 for one in (*periods, num_scales or 1))
    if not whole or num_scales < 0 or not (periods or num_scales):
        raise ValueError(
            "`periods` are positive numbers of samples, `num_scales` is at least 0, and there is "
            f"one of either at least. Received: {periods} and {num_scales}."
        )
    smallest = max(*periods, 1, 2**num_scales) * 3
    if image_shape[0] < smallest:
        raise ValueError(
            f"Waves of {image_shape[0]} samples are too short for these judges: {smallest} or more."
        )
    waves = keras.Input(image_shape, name="sample")
    logits: list = []
    for period in periods:
        logits.append(_of_period(waves, period, len(logits), width))
    x = layers.Reshape((image_shape[0], 1, 1), name="column")(waves) if num_scales else None
    for scale in range(num_scales):
        if scale:
            x = layers.AveragePooling2D((4, 1), (2, 1), "same", name=f"halve_{scale}")(x)
        logits.append(_of_scale(x, len(logits), 4 * width, normalized=not scale))
    return keras.Model(waves, logits if len(logits) > 1 else logits[0], name=name)


def _of_period(x, period, scale, width):
    x = FoldPeriod(period, name=f"fold_{period}")(x)
    for index, (times, stride) in enumerate(OF_PERIODS):
        x = layers.Conv2D(
            *(times * width, (5, 1), (stride, 1), "same"),
            name=f"scale_{scale}_convolution_{index}",
        )(x)
        x = _leaky(x, f"scale_{scale}_activation_{index}")
    return layers.Conv2D(1, (3, 1), padding="same", dtype="float32", name=f"logits_{scale}")(x)


def _of_scale(x, scale, width, *, normalized):
    for index, (times, kernel, stride, groups) in enumerate(OF_SCALES):
        convolution = GroupedConv2D(
            times * width,
            (kernel, 1),
            strides=(stride, 1),
            groups=math.gcd(groups, x.shape[-1], times * width),
            name=f"scale_{scale}_convolution_{index}",
        )
        x = spectral_norm_if(normalized, convolution)(x)
        x = _leaky(x, f"scale_{scale}_activation_{index}")
    last = layers.Conv2D(1, (3, 1), padding="same", dtype="float32", name=f"logits_{scale}")
    return spectral_norm_if(normalized, last)(x)


def _block(x, kernel, dilations, depth, name):
    """Residual steps one after the other."""
    for step, dilation in enumerate(dilations):
        inner = x
        for index in range(depth):
            own = f"{name}_{step}_{index}"
            inner = _leaky(inner, f"{own}_activation")
            inner = _conv(inner, x.shape[-1], kernel, dilation if not index else 1, name=own)
        x = layers.Add(name=f"{name}_{step}")([x, inner])
    return x


def _conv(x, width, kernel, dilation=1, *, name):
    return layers.Conv1D(width, kernel, padding="same", dilation_rate=dilation, name=name)(x)


def _leaky(x, name):
    return layers.LeakyReLU(negative_slope=SLOPE, name=name)(x)


def _check(input_shape, image_shape, width, rates, kernels, block_kernels, dilations, depth):
    parts.check_units("width", width)
    if len(input_shape) != 2 or len(image_shape) != 2 or image_shape[1] != 1:
        raise ValueError(
            "`input_shape` is (frames, bands) and `image_shape` (samples, 1). Received: "
            f"{input_shape} and {image_shape}."
        )
    if len(rates) != len(kernels) or len(block_kernels) != len(dilations) or not block_kernels:
        raise ValueError(
            "There is a kernel for each rate, and a list of dilations for each block kernel. "
            f"Received: {len(rates)} rates, {len(kernels)} kernels, {len(block_kernels)} block "
            f"kernels and {len(dilations)} lists of dilations."
        )
    if any(kernel < rate for rate, kernel in zip(rates, kernels, strict=True)):
        raise ValueError(
            f"A kernel is at least as long as its rate, or samples would be left out. Received: "
            f"kernels={kernels}, rates={rates}."
        )
    if depth not in (1, 2):
        raise ValueError(f"`depth` is 1 or 2. Received: {depth!r}.")
    if width % 2 ** len(rates):
        raise ValueError(
            f"`width` is halved {len(rates)} times, so a multiple of {2 ** len(rates)}. Received: "
            f"{width}."
        )
    frames, samples = input_shape[0], image_shape[0]
    if None not in (frames, samples) and frames * math.prod(rates) != samples:
        raise ValueError(
            f"`rates` {rates} make {frames * math.prod(rates)} samples of {frames} frames, not "
            f"{samples}: their product is the hop, e.g. (4, 4, 2, 2) for 64."
        )

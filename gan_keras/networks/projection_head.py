"""The projection head of CUT: what makes comparable vectors of a translator's features."""

import keras
from keras import layers

from gan_keras.networks import parts, sizes


def projection_head(channels, *, width=256, initializer=None, name="projection_head"):
    """A small network for each feature map, which gives unit vectors to tell patches apart by.

    Dense, ReLU, dense, and division by the length. (Park et al., 2020, arXiv 2007.15651, section
    3.2: H_l.) Of `resnet_translator.feature_layers` at width 64 the channels are (3, 128, 256, 256,
    256).

    Args:
        channels: channels of each feature map, a list of positive integers.
        width: length of the vectors, and of the hidden layer. Defaults to 256.
        initializer: of the kernels. Defaults to CUT's: Xavier's normal with a gain of 0.02.
        name: name of the model.

    Returns:
        A built `keras.Model`: a list of `features_i (batch, patches, channels[i])` to a list of
        float32 vectors `(batch, patches, width)` of length 1; of one map, to its vectors
        alone. Any number of patches will do.

    Raises:
        ValueError: an argument is out of range.
    """
    if not isinstance(channels, (list, tuple)) or not channels:
        raise ValueError(
            f"`channels` must be a list of an integer for each feature map. Received: {channels!r}."
        )
    sizes.check_positive(width=width)
    inputs, outputs = [], []
    for index, count in enumerate(channels):
        sizes.check_positive(channels=count)
        x = keras.Input((None, count), name=f"features_{index}")
        inputs.append(x)
        for part in ("hidden", "projection"):
            kernel = parts.fresh(initializer) if initializer else xavier()
            x = layers.Dense(width, kernel_initializer=kernel, name=f"{part}_{index}")(x)
            if part == "hidden":
                x = layers.ReLU(name=f"activation_{index}")(x)
        unit = layers.UnitNormalization(axis=-1, dtype="float32", name=f"vectors_{index}")
        outputs.append(unit(x))
    return keras.Model(inputs, outputs, name=name)


def xavier():
    """Xavier's normal with the gain 0.02, as CUT starts all its networks.

    Made for each layer: one made at import would draw its seed from Python's random numbers then,
    and a seed that was set before would lead elsewhere.
    """
    return keras.initializers.VarianceScaling(0.02**2, "fan_avg", "untruncated_normal")

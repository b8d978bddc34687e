"""Networks of a configuration from Keras's own layers, as the loops we compare with use them."""

import math

import keras
from keras import layers


def build(configuration, role, batch_norm=layers.BatchNormalization):
    """The generator or the discriminator as a built `keras.Model`."""
    spectral = configuration.normalization == "spectral_norm" and role == "discriminator"
    normalized = layers.SpectralNormalization if spectral else lambda layer: layer
    is_generator = role == "generator"
    shape = (configuration.latent_dim,) if is_generator else configuration.image_shape
    x = inputs = keras.Input(shape)
    for kind, *arguments in getattr(configuration, role):
        layer = batch_norm() if kind == "batch_norm" else LAYERS[kind](normalized, *arguments)
        x = layer(x)
    return keras.Model(inputs, x, name=role)


def num_weights(*networks):
    """How many numbers are trained in each network."""
    return [sum(math.prod(v.shape) for v in network.trainable_weights) for network in networks]


def _conv(normalized, filters, kernel_size, strides, use_bias):
    layer = layers.Conv2D(filters, kernel_size, strides=strides, padding="same", use_bias=use_bias)
    return normalized(layer)


def _transposed(normalized, filters, kernel_size, strides, use_bias):
    return layers.Conv2DTranspose(
        filters, kernel_size, strides=strides, padding="same", use_bias=use_bias
    )


def _up_block(normalized, filters):
    def block(x):
        y = layers.UpSampling2D()(layers.ReLU()(layers.BatchNormalization()(x)))
        y = layers.ReLU()(layers.BatchNormalization()(_conv(normalized, filters, 3, 1, True)(y)))
        y = _conv(normalized, filters, 3, 1, True)(y)
        return y + _conv(normalized, filters, 1, 1, True)(layers.UpSampling2D()(x))

    return block


def _down_block(normalized, filters, downsample, activate_first):
    def block(x):
        y = layers.ReLU()(x) if activate_first else x
        y = layers.ReLU()(_conv(normalized, filters, 3, 1, True)(y))
        y = _conv(normalized, filters, 3, 1, True)(y)
        if x.shape[-1] != filters or downsample:
            x = _conv(normalized, filters, 1, 1, True)(x)
        if downsample:
            x, y = layers.AveragePooling2D(2)(x), layers.AveragePooling2D(2)(y)
        return x + y

    return block


LAYERS = {
    "dense": lambda normalized, units, bias: normalized(layers.Dense(units, use_bias=bias)),
    "reshape": lambda normalized, *shape: layers.Reshape(shape),
    "flatten": lambda normalized: layers.Flatten(),
    "conv": _conv,
    "transposed": _transposed,
    "relu": lambda normalized: layers.ReLU(),
    "leaky_relu": lambda normalized, slope: layers.LeakyReLU(negative_slope=slope),
    "dropout": lambda normalized, rate: layers.Dropout(rate),
    "tanh": lambda normalized: layers.Activation("tanh"),
    "sum_pixels": lambda normalized: lambda x: keras.ops.sum(x, axis=(1, 2)),
    "up_block": _up_block,
    "down_block": _down_block,
}

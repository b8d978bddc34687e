"""A convolution of an image's spectrum, so that every pixel sees all others."""

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from gan_keras.layers.batch_norm import BatchNorm
from gan_keras.serialization import register

METHODS = ("fft", "matrix")


@register
class FourierUnit(layers.Layer):
    """A 1x1 convolution, batch norm and ReLU between a real Fourier transform and its inverse.

    One layer's receptive field is the whole image, for textures that repeat and holes that are
    large (Chi et al., 2020, FFC, NeurIPS 2020, figure 2; Suvorov et al., 2022, LaMa, arXiv
    2109.07161, section 2.1). Over height and width, scaled by 1 / sqrt(h w) in both directions:

        out = irfft2(ReLU(norm(conv(rfft2(x)))))

    The channels of the spectrum are the real and imaginary part of each channel in turn. The two
    transforms are float32 under every policy, since TensorFlow has none in half; the convolution
    follows the policy.

    The inverse transforms the columns first, and then the rows, where the imaginary parts that no
    real image could have are dropped; so every device has the same answer to a spectrum that is no
    image's, as a convolved one is.

    Args:
        filters: channels of the output; None (the default) for as many as the input has.
        method: "fft" (the default), or "matrix": the same transforms as products with matrices of
            sines and cosines, equal to 1e-5. They take h + w products for each number instead of
            log(h w), but are exported to ONNX and TensorFlow Lite, which lack the transforms.
            `set_fourier_method` changes it in a network that is built.
        kernel_initializer: of the convolution. Defaults to "glorot_uniform".

    Input `(batch, h, w, c)`, of any height and width in each call; returns `(batch, h, w,
    filters)`.

    Raises:
        ValueError: `method` is unknown, or the input has another rank than 4.
    """

    sees_whole_image = True  # for networks.receptive_field, which refuses it

    def __init__(
        self, filters=None, *, method="fft", kernel_initializer="glorot_uniform", **kwargs
    ):
        super().__init__(**kwargs)
        self.filters = filters
        self.method = _checked(method)
        self.kernel_initializer = keras.initializers.get(kernel_initializer)

    def build(self, input_shape):
        if len(input_shape) != 4:
            raise ValueError(
                f"FourierUnit takes maps (batch, h, w, channels). Received: {tuple(input_shape)}."
            )
        batch, height, width, channels = input_shape
        half = None if width is None else width // 2 + 1
        filters = self.filters or channels
        self.convolution = layers.Conv2D(
            2 * filters,
            1,
            use_bias=False,
            kernel_initializer=self.kernel_initializer.clone(),
            dtype=self.dtype_policy,
            name="convolution",
        )
        self.convolution.build((batch, height, half, 2 * channels))
        self.norm = BatchNorm(dtype=self.dtype_policy, name="norm")
        self.norm.build((batch, height, half, 2 * filters))

    def call(self, inputs, training=None):
        maps = tf.transpose(tf.cast(inputs, "float32"), (0, 3, 1, 2))  # (batch, c, h, w)
        sides = _sides_of(maps)[2:]
        forward, inverse = _TRANSFORMS[self.method]
        real, imaginary = forward(maps, sides)  # (batch, c, h, w / 2 + 1) each
        x = _interleaved(real, imaginary)  # (batch, h, w / 2 + 1, 2 c)
        x = self.convolution(tf.cast(x, self.compute_dtype))
        x = tf.nn.relu(self.norm(x, training=training))
        real, imaginary = _separated(tf.cast(x, "float32"))
        outputs = tf.transpose(inverse(real, imaginary, sides), (0, 2, 3, 1))
        return tf.cast(outputs, self.compute_dtype)

    def compute_output_shape(self, input_shape):
        return (*input_shape[:-1], self.filters or input_shape[-1])

    def get_config(self):
        return {
            **super().get_config(),
            "filters": self.filters,
            "method": self.method,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
        }


def set_fourier_method(network, method):
    """Sets the `method` of every `FourierUnit` of a network, however deep in it.

    Set "matrix" before an export to ONNX or TensorFlow Lite, and "fft" after it. A function that
    was compiled before, as `predict` keeps one, goes on with the method it was compiled with.

    Args:
        network: a Keras model.
        method: "fft" or "matrix".

    Returns:
        How many units there are.
    """
    _checked(method)
    units = [layer for layer in network._flatten_layers() if isinstance(layer, FourierUnit)]
    for unit in units:
        unit.method = method
    return len(units)


def _checked(method):
    if method not in METHODS:
        raise ValueError(f"`method` must be one of {METHODS}. Received: {method!r}.")
    return method


def _interleaved(real, imaginary):
    """(batch, c, h, k) twice, to channels last: real and imaginary part of each in turn."""
    stacked = tf.stack([real, imaginary], axis=2)  # (batch, c, 2, h, k)
    batch, channels, _, height, half = _sides_of(stacked)
    return tf.transpose(tf.reshape(stacked, (batch, 2 * channels, height, half)), (0, 2, 3, 1))


def _separated(x):
    """`_interleaved` undone."""
    x = tf.transpose(x, (0, 3, 1, 2))
    batch, channels, height, half = _sides_of(x)
    stacked = tf.reshape(x, (batch, channels // 2, 2, height, half))
    return stacked[:, :, 0], stacked[:, :, 1]


def _sides_of(x):
    """The shape of `x`: numbers where they are known, else tensors."""
    return [known or tf.shape(x)[axis] for axis, known in enumerate(x.shape)]


def _fft(maps, sides):
    spectrum = tf.signal.rfft2d(maps) / _complex(_root(sides))
    return tf.math.real(spectrum), tf.math.imag(spectrum)


def _inverse_fft(real, imaginary, sides):
    spectrum = tf.complex(real, imaginary) * _complex(_root(sides))
    columns = tf.signal.ifft(tf.transpose(spectrum, (0, 1, 3, 2)))
    rows = tf.transpose(columns, (0, 1, 3, 2))
    return tf.signal.irfft(rows, fft_length=[sides[1]])


def _matrices(maps, sides):
    """`_fft` as matrix products: along the rows, then along the columns."""
    height, width = sides
    cosines, sines = _waves(width, width // 2 + 1)
    real, imaginary = tf.matmul(maps, cosines), -tf.matmul(maps, sines)
    cosines, sines = _waves(height, height)
    return (
        tf.matmul(cosines, real) + tf.matmul(sines, imaginary),
        tf.matmul(cosines, imaginary) - tf.matmul(sines, real),
    )


def _inverse_matrices(real, imaginary, sides):
    """`_inverse_fft` as matrix products: along the columns, then along the rows."""
    height, width = sides
    cosines, sines = _waves(height, height)
    real, imaginary = (
        tf.matmul(cosines, real) - tf.matmul(sines, imaginary),
        tf.matmul(cosines, imaginary) + tf.matmul(sines, real),
    )
    half = width // 2 + 1
    cosines, sines = _waves(width, half)
    # Every frequency stands for itself and its mirror image, but the first, and the last of an
    # even width, have none.
    index = tf.range(half)
    alone = (index == 0) | (2 * index == width)
    times = tf.where(alone, 1.0, 2.0)
    return tf.matmul(real, tf.transpose(cosines * times)) - tf.matmul(
        imaginary, tf.transpose(sines * times)
    )


def _waves(length, count):
    """Cosines and sines (length, count) of the first frequencies, over the root of the length."""
    turns = tf.range(length)[:, None] * tf.range(count)[None, :] % length  # whole: no rounding yet
    angles = tf.cast(turns, "float32") * (2 * np.pi / tf.cast(length, "float32"))
    root = tf.sqrt(tf.cast(length, "float32"))
    return tf.cos(angles) / root, tf.sin(angles) / root


def _root(sides):
    return tf.sqrt(tf.cast(sides[0] * sides[1], "float32"))


def _complex(number):
    return tf.cast(number, "complex64")


_TRANSFORMS = {"fft": (_fft, _inverse_fft), "matrix": (_matrices, _inverse_matrices)}

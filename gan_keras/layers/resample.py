"""Doubling and halving of maps with the [1, 2, 1] blur, so that no frequency folds back."""

import keras
import numpy as np
import tensorflow as tf

from gan_keras.serialization import register

# Repeating pixels is the filter [1, 1], and so is averaging pairs of them: with the [1, 2, 1] blur
# either one makes [1, 3, 3, 1], one depthwise convolution. Borders are padded with zeros.
_TAPS = np.array([1.0, 3.0, 3.0, 1.0]) / 8.0
_FILTER = np.outer(_TAPS, _TAPS).astype("float32")[:, :, None, None]  # sums to 1


def upsample(images):
    """Twice the size: each pixel repeated 2x2, then blurred by [1, 2, 1] along both axes.

    This is bilinear interpolation, by operations that XLA compiles and that have gradients of any
    order, neither of which holds for `tf.image.resize`.

    Args:
        images: tensor `(batch, h, w, c)`; all but the batch are known.

    Returns:
        Tensor `(batch, 2 h, 2 w, c)`.
    """
    _, height, width, channels = images.shape
    return tf.nn.depthwise_conv2d_backprop_input(
        (tf.shape(images)[0], 2 * height, 2 * width, channels),
        tf.tile(tf.constant(4.0 * _FILTER, images.dtype), (1, 1, channels, 1)),
        images,
        strides=(1, 2, 2, 1),
        padding="SAME",
    )


def downsample(images):
    """Half the size: blurred by [1, 2, 1] along both axes, then averaged over blocks of 2x2.

    Args:
        images: tensor `(batch, h, w, c)`.

    Returns:
        Tensor `(batch, h / 2, w / 2, c)`, sizes rounded up.
    """
    filters = tf.tile(tf.constant(_FILTER, images.dtype), (1, 1, images.shape[-1], 1))
    return tf.nn.depthwise_conv2d(images, filters, strides=(1, 2, 2, 1), padding="SAME")


def blur(images):
    """The same size, blurred by [1, 3, 3, 1] along both axes, half a pixel up and to the left.

    Args:
        images: tensor `(batch, h, w, c)`.

    Returns:
        Tensor of the same shape.
    """
    filters = tf.tile(tf.constant(_FILTER, images.dtype), (1, 1, images.shape[-1], 1))
    return tf.nn.depthwise_conv2d(images, filters, strides=(1, 1, 1, 1), padding="SAME")


@register
class BlurUpsample(keras.layers.Layer):
    """`upsample` as a layer: bilinear, `(batch, h, w, c)` to `(batch, 2 h, 2 w, c)`.

    (Karras et al., 2019, arXiv 1812.04948, section 2; Zhang, 2019, arXiv 1904.11486.)
    """

    def call(self, inputs):
        return upsample(inputs)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, 2 * height, 2 * width, channels)


@register
class BlurDownsample(keras.layers.Layer):
    """`downsample` as a layer: `(batch, h, w, c)` to `(batch, h / 2, w / 2, c)`, rounded up.

    (Karras et al., 2019, arXiv 1812.04948, section 2; Zhang, 2019, arXiv 1904.11486.)
    """

    def call(self, inputs):
        return downsample(inputs)

    def compute_output_shape(self, input_shape):
        batch, height, width, channels = input_shape
        return (batch, -(-height // 2), -(-width // 2), channels)

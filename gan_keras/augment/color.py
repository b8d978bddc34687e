"""Changes of brightness and colour; images in [-1, 1] may leave that range."""

import math

import tensorflow as tf


def change_color(images, *, brightness, contrast, saturation=1.0, hue=0.0):
    """Adds to the luma, scales luma and chroma, and turns the hue.

    The luma is the mean over channels, the chroma the rest: the hue turns the chroma about the
    grey axis (1, 1, 1).

    Args:
        images: float32 (batch, h, w, c); `hue` and `saturation` mean something for c = 3.
        brightness: float32 (batch, 1, 1, 1), added first; 0 changes nothing.
        contrast: float32 (batch, 1, 1, 1), a factor about mid-grey 0; 1 changes nothing.
        saturation: float32 (batch, 1, 1, 1), a factor of the chroma; 1 changes nothing.
        hue: angle in radians, float32 (batch, 1, 1, 1); 0 changes nothing.
    """
    luma = tf.reduce_mean(images, axis=-1, keepdims=True)
    chroma = images - luma
    across = (tf.roll(chroma, 1, axis=-1) - tf.roll(chroma, -1, axis=-1)) / math.sqrt(3.0)
    chroma = chroma * tf.cos(hue) + across * tf.sin(hue)
    return contrast * (luma + brightness + saturation * chroma)


def scale_about(images, factor, axes):
    """Scales the distance to the mean over `axes`: contrast over all, saturation over channels."""
    mean = tf.reduce_mean(images, axis=axes, keepdims=True)
    return mean + factor * (images - mean)

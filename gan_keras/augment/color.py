"""Changes of brightness and colour; images in [-1, 1] may leave that range."""

import math

import tensorflow as tf


def change_color(images, *, brightness, luma, chroma, hue):
    """Adds to the luma, scales luma and chroma, and turns the hue.

    The luma is the mean over channels, the chroma what is left; the hue turns the chroma about the
    grey axis (1, 1, 1). So grey images have luma alone.

    Args:
        images: float32 (batch, h, w, c); `hue` means something for c = 3.
        brightness: float32 (batch, 1, 1, 1), added to the luma first; 0 changes nothing.
        luma: float32 (batch, 1, 1, 1), a factor; 1 changes nothing.
        chroma: float32 (batch, 1, 1, 1), a factor; 1 changes nothing.
        hue: float32 (batch, 1, 1, 1), an angle in radians; 0 changes nothing.
    """
    grey = tf.reduce_mean(images, axis=-1, keepdims=True)
    colored = images - grey
    across = (tf.roll(colored, 1, axis=-1) - tf.roll(colored, -1, axis=-1)) / math.sqrt(3.0)
    turned = colored * tf.cos(hue) + across * tf.sin(hue)
    return luma * (grey + brightness) + chroma * turned


def scale_about(images, factor, axes):
    """Scales the distance to the mean over `axes`: contrast over all, saturation over channels."""
    mean = tf.reduce_mean(images, axis=axes, keepdims=True)
    return mean + factor * (images - mean)
